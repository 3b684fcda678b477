import { toleratedFailures } from "./rollout-wait";

/** What is watched of a service: an alarm for each threshold that is there. */
export interface ServiceThresholds {
    /** Answers with a server error (5xx), in percent of all; needs a route. */
    readonly errorPercent?: number;
    /** Time within which 99 percent of the answers begin, in seconds; needs a route. */
    readonly latencySeconds?: number;
    /** Targets that fail the load balancer's check; needs a route. */
    readonly unhealthyTargets?: number;
    /** Tasks fewer than desired; needs Container Insights. */
    readonly missingTasks?: number;
    /** Tasks that end by themselves or fail their checks, in a quarter of an hour. */
    readonly stoppedTasks?: number;
    /** Average of all tasks. */
    readonly cpuPercent?: number;
    /** The task that uses most. */
    readonly memoryPercent?: number;
}

/** What is watched of a stack as a whole. */
export interface StackThresholds {
    /** Requests that the load balancer itself answers with an error (5xx), in percent of all. */
    readonly loadBalancerErrorPercent?: number;
    /** Days before a certificate ends. */
    readonly certificateDays?: number;
    /** Whether a rollout that failed is told. */
    readonly rollouts?: true;
}

/** What of a service's settings its thresholds and periods follow from. */
export interface WatchedService {
    readonly tasks: number | ScaledTasks;
    /** Whether a load balancer asks it; anything but undefined. */
    readonly route?: unknown;
    readonly spotPercent: number;
    readonly health: { readonly intervalSeconds: number; readonly gracePeriodSeconds: number };
}

interface ScaledTasks {
    readonly min: number;
    readonly cpuPercent?: number;
    readonly memoryPercent?: number;
    readonly responseSeconds?: number;
    readonly schedules?: readonly { readonly max: number }[];
}

/** Where nothing is to be kept, tasks have this much at most to spare: above it scaling or memory is about to end. */
const FULL_PERCENT = 90;
/** Above what one waits for a page; a target for the average says more of this service. */
const LATENCY_SECONDS = 3;
const LATENCY_OF_AVERAGE = 4;
const ERROR_PERCENT = 5;
/** Of a service's fewest tasks: below it single ones come and go. */
const MISSING_SHARE = 0.1;

/** What holds where the stack file says nothing. */
export function serviceThresholds(
    { tasks, route }: WatchedService,
    { containerInsights }: { readonly containerInsights: boolean },
): ServiceThresholds {
    const { min, cpuPercent, memoryPercent, responseSeconds }: ScaledTasks = typeof tasks === "number" ? { min: tasks } : tasks;
    const few = Math.max(1, Math.ceil(min * MISSING_SHARE));
    const ofRoute = {
        errorPercent: ERROR_PERCENT,
        latencySeconds: responseSeconds === undefined ? LATENCY_SECONDS : responseSeconds * LATENCY_OF_AVERAGE,
        unhealthyTargets: few,
    };
    return {
        ...(route !== undefined && ofRoute),
        ...(containerInsights && { missingTasks: few }),
        stoppedTasks: toleratedFailures(min),
        cpuPercent: cpuPercent === undefined ? FULL_PERCENT : aboveTarget(cpuPercent),
        memoryPercent: memoryPercent === undefined ? FULL_PERCENT : Math.max(FULL_PERCENT, aboveTarget(memoryPercent)),
    };
}

/** Half of what scaling leaves free: while it follows, load stays below. */
function aboveTarget(percent: number): number {
    return percent + (100 - percent) / 2;
}

/** Whether it has no task at certain times, as it is meant to: the load balancer then answers for it, with an error. */
export function mayRest({ tasks }: WatchedService): boolean {
    return typeof tasks === "number" ? tasks === 0 : (tasks.schedules ?? []).some(({ max }) => max === 0);
}

export function stackThresholds(services: readonly WatchedService[], hasCertificate: boolean): StackThresholds {
    const routed = services.filter(({ route }) => route !== undefined);
    return {
        ...(routed.length > 0 && !routed.some(mayRest) && { loadBalancerErrorPercent: ERROR_PERCENT }),
        // AWS renews its own 60 days before they end, so that by then something stands in the way.
        ...(hasCertificate && { certificateDays: 30 }),
        rollouts: true,
    };
}
