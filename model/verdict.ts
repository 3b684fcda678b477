import type { DeclaredRollout, Deployment, Observation, ServiceDeployment, StoppedTask } from "./rollout-state";
import { toleratedFailures } from "./rollout-wait";
import { Cause, causeOf } from "./verdict-advice";

/** What a rollout that is under way waits for. */
export type Phase = "settling" | "beginning" | "starting" | "checking" | "leaving";

export type Verdict =
    | { readonly kind: "running" }
    /** It is the declared revision, but no task is desired that would prove it. */
    | { readonly kind: "unproven" }
    | { readonly kind: "under way"; readonly phase: Phase }
    /** It will not succeed any more. Without a reason ECS has not given up yet. */
    | { readonly kind: "failed"; readonly reason?: string }
    | { readonly kind: "rolled back"; readonly how: "goes back" | "went back" | "stuck"; readonly reason?: string }
    | { readonly kind: "stopped"; readonly reason?: string }
    /** Somebody's update came after the stack's. */
    | { readonly kind: "superseded"; readonly by: string }
    | { readonly kind: "never there"; readonly what: "service" | "revision" }
    | { readonly kind: "timed out"; readonly phase: Phase };

/** What makes an update fail. */
export type Failure = Exclude<Verdict, { readonly kind: "running" | "unproven" | "under way" }>;

/** What a watch of a rollout ends with. */
export interface Outcome<V extends Verdict = Exclude<Verdict, { readonly kind: "under way" }>> {
    readonly verdict: V;
    readonly observation: Observation;
    readonly elapsedSeconds: number;
    /** Of the one container that tells most; absent where none ran. */
    readonly log?: ContainerLog;
}

export interface ContainerLog {
    /** Id of the task. */
    readonly task: string;
    readonly container: string;
    /** The last ones, oldest first. */
    readonly lines: readonly string[];
}

/**
 * Waits until ECS has decided about a rollout.
 *
 * @param tell is given a line whenever something changes, and now and then
 * @throws Error where ECS cannot be asked
 */
export type Watch = (declared: DeclaredRollout, tell: (line: string) => void, signal?: AbortSignal) => Promise<Outcome>;

/** Whether an update may not call itself a success. */
export function isFailed(outcome: Outcome): outcome is Outcome<Failure> {
    return outcome.verdict.kind !== "running" && outcome.verdict.kind !== "unproven";
}

/** For this long after an update ECS may still answer as if it had not been made, or tell of the attempt before, in seconds. */
const STALE_SECONDS = 10;

/** Whether the revision that the stack declares is the one that runs; `under way` is no end. */
export function verdictOf(observation: Observation, declared: DeclaredRollout, elapsedSeconds: number): Verdict {
    const verdict = presentVerdict(observation, declared);
    if (verdict.kind === "running" || verdict.kind === "unproven") return verdict;
    if (verdict.kind === "under way" && elapsedSeconds >= declared.wait.usualSeconds && isShortOfTasks(observation, declared))
        return { kind: "running" };
    if (verdict.kind !== "under way") return elapsedSeconds < STALE_SECONDS ? { kind: "under way", phase: "settling" } : verdict;
    return elapsedSeconds < declared.wait.atMostSeconds ? verdict : { kind: "timed out", phase: verdict.phase };
}

/** Whether a rollout that is over lacks tasks, as after a Spot interruption or while scaling out: that proves nothing against the revision. */
function isShortOfTasks({ service }: Observation, { taskDefinition }: DeclaredRollout): boolean {
    const primary = service?.deployments.find(({ isPrimary }) => isPrimary);
    return primary?.taskDefinition === taskDefinition && primary.state === "COMPLETED" && (service?.running ?? 0) > 0;
}

/** Without a thought for how long it has been so. */
export function presentVerdict(observation: Observation, { taskDefinition }: DeclaredRollout): Verdict {
    const { service, history } = observation;
    if (service === undefined) return { kind: "never there", what: "service" };
    const [newest] = history;
    const own = newest?.taskDefinition === taskDefinition ? newest : undefined;
    const deployment = service.deployments.find(one => one.taskDefinition === taskDefinition);
    // A first rollout has nothing to go back to, which ECS calls a rollback that failed.
    if (deployment?.isPrimary === true && deployment.state === "FAILED")
        return { kind: "failed", reason: own?.reason ?? deployment.reason };
    const ended = own && endOf(own);
    if (ended !== undefined) return ended;
    if (deployment?.isPrimary === true) return stateOf(deployment, observation);
    if (deployment?.state === "FAILED") return { kind: "rolled back", how: "goes back", reason: deployment.reason };
    if (own !== undefined) return { kind: "under way", phase: "beginning" };
    const by = newest?.taskDefinition ?? service.deployments.find(({ isPrimary }) => isPrimary)?.taskDefinition;
    const wasThere = deployment !== undefined || history.some(one => one.taskDefinition === taskDefinition);
    return wasThere && by !== undefined ? { kind: "superseded", by } : { kind: "never there", what: "revision" };
}

/** How an attempt ended other than well. */
function endOf({ status, reason }: ServiceDeployment): Failure | undefined {
    switch (status) {
        case "ROLLBACK_REQUESTED":
        case "ROLLBACK_IN_PROGRESS":
            return { kind: "rolled back", how: "goes back", reason };
        case "ROLLBACK_SUCCESSFUL":
            return { kind: "rolled back", how: "went back", reason };
        case "ROLLBACK_FAILED":
            return { kind: "rolled back", how: "stuck", reason };
        case "STOP_REQUESTED":
        case "STOPPED":
            return { kind: "stopped", reason };
        default:
            return undefined;
    }
}

/** Of the primary deployment, when it is the declared revision's. */
function stateOf(deployment: Deployment, observation: Observation): Verdict {
    const { desired = 0, running = 0, deployments = [] } = observation.service ?? {};
    if (deployment.state === "COMPLETED" && running >= desired) return desired === 0 ? { kind: "unproven" } : { kind: "running" };
    if (isHopeless(deployment, observation)) return { kind: "failed" };
    if (deployment.running < deployment.desired) return { kind: "under way", phase: "starting" };
    const healthy = observation.targets.filter(({ state: health }) => health === "healthy").length;
    if (observation.targets.length > 0 && healthy < deployment.desired) return { kind: "under way", phase: "checking" };
    return { kind: "under way", phase: deployments.length > 1 ? "leaving" : "checking" };
}

/**
 * Whether as many tasks as ECS tolerates failed for one and the same reason, which no further attempt cures. Never more impatient than ECS, whose
 * own count starts anew when a task becomes healthy.
 */
function isHopeless(deployment: Deployment, observation: Observation): boolean {
    const threshold = toleratedFailures(deployment.desired);
    if ((deployment.failedTasks ?? threshold) < threshold) return false;
    const count = new Map<Cause, number>();
    for (const task of failuresOf(observation, deployment.taskDefinition)) {
        const cause = causeOf({ task, targets: observation.targets });
        if (cause !== undefined && !cause.mayPass) count.set(cause, (count.get(cause) ?? 0) + 1);
    }
    return Math.max(0, ...count.values()) >= threshold;
}

/** When the last attempt to roll a revision out began; undefined where nothing is known of one. */
export function begunAt({ service, history }: Observation, taskDefinition: string): Date | undefined {
    const own = history.find(one => one.taskDefinition === taskDefinition);
    const deployment = service?.deployments.find(one => one.taskDefinition === taskDefinition);
    // Where the definition did not change, ECS goes back by a deployment of the same one, which begins after the failures.
    const isTakenBack = own !== undefined && endOf(own) !== undefined;
    return isTakenBack ? own.createdAt : (deployment?.createdAt ?? own?.createdAt);
}

/** The tasks of a revision that failed since its rollout began; those that ECS told to go are none. */
export function failuresOf(observation: Observation, taskDefinition: string): StoppedTask[] {
    const begun = begunAt(observation, taskDefinition) ?? new Date(0);
    return observation.stopped.filter(
        task => task.taskDefinition === taskDefinition && task.createdAt >= begun && !TOLD_TO_GO.test(task.reason),
    );
}

/** ECS's words for a task that nothing is wrong with. */
const TOLD_TO_GO = /^(Scaling activity initiated|Task stopped by|Service .* deleted)/i;
