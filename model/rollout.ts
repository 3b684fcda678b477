/** How long the engine waits for a service, in Pulumi's notation. To make or change one is a single request: the program waits for the rollout itself. */
export interface Timeouts {
    readonly delete: string;
}

const DELETE_MINUTES = 5;

export function timeouts({ drainSeconds }: { readonly drainSeconds: number }): Timeouts {
    return { delete: `${DELETE_MINUTES + Math.ceil(drainSeconds / 60)}m` };
}

/** One that must never run twice stops before the next one starts; ECS balances no zones then, since that starts before it stops (`CreateService`). */
export function rolling(minHealthyPercent = 100) {
    return {
        deploymentMinimumHealthyPercent: minHealthyPercent,
        deploymentMaximumPercent: minHealthyPercent === 0 ? 100 : 200,
        availabilityZoneRebalancing: minHealthyPercent === 0 ? "DISABLED" : "ENABLED",
    };
}

/** ECS's default and upper limit for `stopTimeout`, in seconds. */
export const STOP_TIMEOUT = { shortest: 30, longest: 120 };

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
