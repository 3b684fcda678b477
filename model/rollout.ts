/**
 * How long the engine waits for a service, in Pulumi's notation. A rollout that works takes two or three minutes; one that does not should end
 * before the provider's 20 minutes. A first rollout has nothing to roll back to and would stall for all of them.
 */
export interface Timeouts {
    readonly create: string;
    readonly update: string;
    readonly delete: string;
}

const CREATE_MINUTES = 10;
/** The circuit breaker needs time to count failed tasks, and to roll back. */
const UPDATE_MINUTES = 15;
const DELETE_MINUTES = 5;

export function timeouts({
    gracePeriodSeconds,
    drainSeconds,
}: {
    readonly gracePeriodSeconds: number;
    readonly drainSeconds: number;
}): Timeouts {
    const minutes = (base: number, seconds: number) => `${base + Math.ceil(seconds / 60)}m`;
    return {
        create: minutes(CREATE_MINUTES, gracePeriodSeconds),
        update: minutes(UPDATE_MINUTES, gracePeriodSeconds + drainSeconds),
        delete: minutes(DELETE_MINUTES, drainSeconds),
    };
}

/** ECS's default and upper limit for `stopTimeout`, in seconds. */
const STOP_TIMEOUT = { shortest: 30, longest: 120 };

/** How long a container may take to stop after SIGTERM, in seconds. */
export function stopTimeoutSeconds(drainSeconds: number): number {
    return Math.min(STOP_TIMEOUT.longest, Math.max(STOP_TIMEOUT.shortest, drainSeconds));
}
