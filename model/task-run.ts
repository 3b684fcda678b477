import type { StoppedTask } from "./rollout-state";
import type { ContainerLog } from "./verdict";

/** A task that is started once, and is to end by itself. */
export interface DeclaredRun {
    /** Name in the stack file, of the service or job that it belongs to. */
    readonly name: string;
    /** Name or ARN. */
    readonly cluster: string;
    /** ARN, with its revision. */
    readonly taskDefinition: string;
    /** Whose exit code counts. */
    readonly container: string;
    /**
     * What the container runs instead of its own command; an entry point stays.
     *
     * @default what the task definition or the image says
     */
    readonly command?: readonly string[];
    /**
     * Variables beside, or in place of, those of the task definition.
     *
     * @default none
     */
    readonly environment?: Readonly<Record<string, string>>;
    readonly subnetIds: readonly string[];
    readonly securityGroupId: string;
    readonly logGroup: string;
    /** Tells ECS, and whoever looks for the task later, what started it: letters, digits, `-`, `_` and `/`, at most 128. */
    readonly startedBy: string;
    /**
     * After so many seconds it is stopped.
     *
     * @default it may take as long as it likes
     */
    readonly atMostSeconds?: number;
}

export type RunVerdict =
    | { readonly kind: "succeeded" }
    /** Without an exit code the container never ran. */
    | { readonly kind: "failed"; readonly exitCode?: number }
    /** Stopped by whoever waited for it. */
    | { readonly kind: "timed out" | "interrupted" }
    /** By anybody else. */
    | { readonly kind: "stopped" };

/** What became of a task. */
export interface RunOutcome {
    readonly verdict: RunVerdict;
    readonly task: StoppedTask;
    readonly elapsedSeconds: number;
    /** The last lines of its container; absent where it never ran. */
    readonly log?: ContainerLog;
}

/** Who waits for a task, and hears of it meanwhile. */
export interface Follower {
    /** What ECS is at, whenever that changes: `starts`, `runs`, `ends`. */
    readonly tell: (line: string) => void;
    /** What the container wrote, as it comes. */
    readonly write: (lines: readonly string[]) => void;
    /** Aborted: the task is stopped, and waited for all the same. */
    readonly signal?: AbortSignal;
}

/**
 * Runs a task to its end.
 *
 * @throws Error where AWS cannot be asked
 */
export type RunTask = (declared: DeclaredRun, follower: Follower) => Promise<RunOutcome>;

/**
 * Runs the release of a revision, unless it was released before; one that still runs is waited for.
 *
 * @returns undefined where there was nothing to do
 * @throws Error where AWS cannot be asked
 */
export type RunRelease = (declared: DeclaredRun, tell: Follower["tell"]) => Promise<RunOutcome | undefined>;

/** What ECS says of a task that stopped by itself, or was stopped by anybody but who waited for it. */
export function verdictOfRun(task: StoppedTask, container: string): RunVerdict {
    const exitCode = task.containers.find(({ name }) => name === container)?.exitCode;
    if (task.stopCode === "UserInitiated") return { kind: "stopped" };
    // An interrupted container may end well, too.
    if (task.stopCode === "EssentialContainerExited" && exitCode === 0) return { kind: "succeeded" };
    return { kind: "failed", exitCode };
}

/** As a shell has it: what timed out is 124, what was interrupted 130. */
export function exitCodeOfRun(verdict: RunVerdict): number {
    switch (verdict.kind) {
        case "succeeded":
            return 0;
        case "failed":
            // Of a task that another container took down its own may be 0.
            return verdict.exitCode || 1;
        case "timed out":
            return 124;
        case "interrupted":
            return 130;
        case "stopped":
            return 143;
    }
}

/** Who started the task of a release: once for each revision. */
export function releaseOf(taskDefinition: string): string {
    return `release/${taskDefinition.slice(taskDefinition.lastIndexOf("/") + 1).replace(":", "/")}`;
}
