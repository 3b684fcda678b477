import { UNHEALTHY_AFTER } from "./container";
import { rolloutSeconds, stopTimeoutSeconds } from "./rollout";

/** How long an update waits for ECS. */
export interface Wait {
    /** What a rollout that works takes, old tasks gone, in seconds. */
    readonly usualSeconds: number;
    /** After which a rollout that neither ends nor fails counts as failed, in seconds. */
    readonly atMostSeconds: number;
}

/** What the length of a service's rollout follows from: a part of its settings. */
export interface ServiceTimings {
    readonly tasks: number | { readonly min: number; readonly max: number };
    readonly drainSeconds: number;
    /** Whether a load balancer asks it; anything but undefined. */
    readonly route?: unknown;
    readonly health: {
        readonly intervalSeconds: number;
        readonly gracePeriodSeconds: number;
        readonly command?: readonly string[];
    };
}

/** Old tasks stay until new ones are healthy, and there may be twice as many meanwhile. */
const PERCENT = { minimumHealthyPercent: 100, maximumPercent: 200 };

/** From ECS's decision to a running container where capacity is short or the image has gigabytes: four times what is usual, in seconds. */
const SLOW_START = 240;

/** ECS may look at alarms for longer than their own time, but not so many times as long. */
const LONGEST_BAKE = 3;

/** No rollout is given up earlier, in seconds. */
const SHORTEST_BOUND = 600;

/** The circuit breaker's default: half of the desired tasks, at least 3 and at most 200. */
export function toleratedFailures(desiredTasks: number): number {
    return Math.min(200, Math.max(3, Math.ceil(desiredTasks / 2)));
}

/**
 * The usual length of a rollout, as the review tells it, and a bound that holds for every number of tasks.
 *
 * @param bakeSeconds how long alarms are looked at when all tasks are there: ECS works it out of them, and does not say how
 */
export function waitFor({ tasks, drainSeconds, route, health }: ServiceTimings, bakeSeconds = 0): Wait {
    const { min, max } = typeof tasks === "number" ? { min: tasks, max: tasks } : tasks;
    const stopSeconds = stopTimeoutSeconds(drainSeconds);
    const leaveSeconds = route === undefined ? stopSeconds : drainSeconds;
    const isChecked = route !== undefined || health.command !== undefined;
    const plan = { ...PERCENT, checkIntervalSeconds: isChecked ? health.intervalSeconds : undefined, leaveSeconds };
    const usual = rolloutSeconds({ ...plan, tasks: max });
    const failing =
        SLOW_START + health.gracePeriodSeconds + health.intervalSeconds * UNHEALTHY_AFTER + drainSeconds + stopSeconds;
    // As many as the service has start beside the old ones at a time, so that few tasks take the most rounds to be given up.
    const rounds = Math.ceil(toleratedFailures(min) / Math.max(1, min));
    return {
        usualSeconds: usual === 0 ? 0 : usual + leaveSeconds + bakeSeconds,
        atMostSeconds: Math.max(SHORTEST_BOUND, usual + rounds * failing) + LONGEST_BAKE * bakeSeconds,
    };
}

/** `45 s`, `2 min 05 s`. */
export function inWords(seconds: number): string {
    const whole = Math.round(seconds);
    return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
