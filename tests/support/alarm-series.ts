import type { Minutes } from "./alarm-simulation";
import type { Series } from "./metric-math";

/** One minute of a service's life; what is absent is not reported. */
export interface Minute {
    /** Requests for which the load balancer found a task. */
    readonly requests?: number;
    /** Answers of tasks with an error. */
    readonly errors?: number;
    /** Errors of the load balancer's own. */
    readonly refused?: number;
    /** Seconds that 99 percent of the answers take. */
    readonly latency?: number;
    readonly unhealthy?: number;
    readonly desired?: number;
    readonly running?: number;
    readonly cpu?: number;
    readonly memory?: number;
    /** Tasks that ended by themselves. */
    readonly stops?: number;
}

const METRICS: Readonly<Record<keyof Minute, string>> = {
    requests: "RequestCount",
    errors: "HTTPCode_Target_5XX_Count",
    refused: "HTTPCode_ELB_5XX_Count",
    latency: "TargetResponseTime",
    unhealthy: "UnHealthyHostCount",
    desired: "DesiredTaskCount",
    running: "RunningTaskCount",
    cpu: "CPUUtilization",
    memory: "MemoryUtilization",
    stops: "MatchedEvents",
};

/** What AWS reports of these minutes: counts of errors only where there were any. */
export function reported(minutes: readonly Minute[]): Minutes {
    const series = (key: keyof Minute): Series => minutes.map(minute => minute[key]);
    return Object.fromEntries((Object.keys(METRICS) as (keyof Minute)[]).map(key => [METRICS[key], series(key)]));
}

/** So many of a minute. */
export function lasting(count: number, minute: Minute | ((index: number) => Minute)): Minute[] {
    return Array.from({ length: count }, (_, index) => (typeof minute === "function" ? minute(index) : minute));
}

const TASKS = { desired: 2, running: 2, unhealthy: 0, cpu: 5, memory: 50 };

/** A working day: 600 requests a minute, of which one fails. */
export const DAY: Minute = { ...TASKS, desired: 4, running: 4, cpu: 55, requests: 600, errors: 1, latency: 0.4 };

/** Nobody is there. */
export const NIGHT: Minute = TASKS;

/** No task, as it is meant to be. */
export const ASLEEP: Minute = { desired: 0, running: 0 };
