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

/** Assumed, since neither a preview nor a stack file knows them: what lies between ECS's decision and a running container, in seconds. */
export const ASSUMED = {
    /** Fargate finds capacity and attaches a network interface. */
    provisionSeconds: 30,
    /** An image of some 100 MB from ECR in the same region. Fargate caches no images. */
    pullSeconds: 20,
    /** The container starts, and the application listens. */
    startSeconds: 10,
} as const;

/** After which ECS counts a running task without any health check as steady, in seconds. */
const STEADY_WITHOUT_CHECK = 40;

/** Tasks that an account may launch at once, and then a second (Amazon ECS developer guide, AWS Fargate throttling quotas). */
const LAUNCH_BURST = 100;
const LAUNCHES_PER_SECOND = 20;

/** What the length of a rolling deployment depends on. */
export interface RolloutPlan {
    /** Tasks that are to run afterwards. */
    readonly tasks: number;
    readonly minimumHealthyPercent: number;
    readonly maximumPercent: number;
    /** Between two checks of the load balancer or of the container; absent where neither checks. */
    readonly checkIntervalSeconds?: number;
    /** How long an old task stays after it is told to go. */
    readonly leaveSeconds: number;
}

/** How long it takes until every new task is in service, in seconds; the last old ones leave after that. */
export function rolloutSeconds(plan: RolloutPlan): number {
    const { tasks, checkIntervalSeconds = STEADY_WITHOUT_CHECK, leaveSeconds } = plan;
    if (tasks === 0) return 0;
    const most = Math.floor((tasks * plan.maximumPercent) / 100);
    const fewest = Math.ceil((tasks * plan.minimumHealthyPercent) / 100);
    const atOnce = Math.min(tasks, Math.max(1, most - fewest));
    const waves = Math.ceil(tasks / atOnce);
    const launch = Math.max(0, atOnce - LAUNCH_BURST) / LAUNCHES_PER_SECOND;
    // One passing check is enough for a new target, and for a new container.
    const wave = ASSUMED.provisionSeconds + ASSUMED.pullSeconds + ASSUMED.startSeconds + launch + checkIntervalSeconds;
    return Math.ceil(waves * wave + (waves - 1) * leaveSeconds);
}
