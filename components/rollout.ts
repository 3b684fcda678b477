import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ServiceTimings, inWords, waitFor } from "../model/rollout-wait";
import { DeclaredRollout, revisionOf } from "../model/rollout-state";
import { Outcome, Watch, isFailed } from "../model/verdict";
import type { ServiceFacts } from "../model/verdict-facts";
import { failureText, successText } from "../model/verdict-text";
import { inert } from "../model/inert-text";

export interface RolloutArgs {
    /** What of the settings decides how long to wait, and is quoted in advice. */
    readonly service: ServiceFacts & ServiceTimings;
    /** Updated before the wait begins; its row shows how ECS gets on. */
    readonly ecsService: aws.ecs.Service;
    /** What the stack declares. Not what the provider reads back of the service: after a quick rollback that is the old revision. */
    readonly taskDefinitionArn: pulumi.Input<string>;
    /** Where the tasks write to: its last lines are told with a failure. */
    readonly logGroupName: pulumi.Input<string>;
    /** How to ask ECS; undefined where nothing is rolled out, as in a plan. Plain: decides whether to wait. */
    readonly watch: Watch | undefined;
    /**
     * How long ECS looks at alarms afterwards, in seconds.
     *
     * @default it looks at none
     */
    readonly bakeSeconds?: number;
}

/**
 * The revision that a service runs, proven by ECS itself: an output that is there when ECS says so, in every update, changed or not. Where ECS says
 * otherwise the output fails, and the update with it; services wait at once, and each tells its own failure. The program has to await `waitsEnd`.
 *
 * By then all resources are made, and the engine keeps them. It deletes what was replaced or removed only after a program that ended well: the old
 * revision keeps what it needs. Nothing is locked by the wait, and nothing of it is in the state: it may be cut off at any time, and the next update
 * asks again. Keep the output out of the stack's own: one of those that fails empties them all.
 */
export function provenRevision({
    service,
    ecsService,
    taskDefinitionArn,
    logGroupName,
    watch,
    bakeSeconds,
}: RolloutArgs): pulumi.Output<string> {
    return pulumi
        .all([taskDefinitionArn, ecsService.cluster, ecsService.name, logGroupName])
        .apply(async ([taskDefinition, cluster, serviceName, logGroup]) => {
            if (watch !== undefined && !pulumi.runtime.isDryRun()) {
                const named = { service: service.name, cluster, serviceName, taskDefinition, logGroup };
                await proven({ ...named, wait: waitFor(service, bakeSeconds) }, service, ecsService, watch);
            }
            return taskDefinition;
        });
}

/** Is there when every wait has ended, well or not. A program that ended before would have its failures shown as crashes, with a stack trace. */
export async function waitsEnd(revisions: readonly pulumi.Output<string>[]): Promise<void> {
    // In a preview some may never be known.
    if (pulumi.runtime.isDryRun()) return;
    await Promise.allSettled(revisions.map(promiseOf));
    // Node tells of failures that nobody handles when it has nothing else at hand: by then a program that returned at once would have ended.
    await new Promise<void>(resolve => setImmediate(resolve));
}

/** The SDK has this method and leaves it out of its types. */
function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as unknown as { promise(): Promise<T> }).promise();
}

async function proven(declared: DeclaredRollout, facts: ServiceFacts, row: pulumi.Resource, watch: Watch): Promise<void> {
    let hasWaited = false;
    const tell = (line: string) => {
        if (!hasWaited) void pulumi.log.info(waitText(declared), row);
        hasWaited = true;
        void pulumi.log.info(line, row, undefined, true);
    };
    const outcome = await watch(declared, tell).catch((error: unknown) => {
        throw readable(error instanceof Error ? error.message : String(error), row);
    });
    if (isFailed(outcome)) throw readable(failureText(outcome, declared, facts, pulumi.getStack()), row);
    sayGood(outcome, declared, row, hasWaited);
}

function sayGood(outcome: Outcome, declared: DeclaredRollout, row: pulumi.Resource, hasWaited: boolean): void {
    const text = successText(outcome, declared);
    if (outcome.verdict.kind === "unproven") void pulumi.log.warn(text, row);
    // What an update did not touch is not worth a line that stays.
    else void pulumi.log.info(text, row, undefined, !hasWaited);
}

function waitText({ taskDefinition, wait }: DeclaredRollout): string {
    return (
        `waits until ECS runs ${revisionOf(taskDefinition)}: usually ${inWords(wait.usualSeconds)}, ` +
        `at most ${inWords(wait.atMostSeconds)}. Ctrl-C ends the wait, not the rollout.`
    );
}

/** The engine shows it below the resource, without a stack trace. */
export function readable(message: string, row: pulumi.Resource): pulumi.ResourceError {
    const error = new pulumi.ResourceError(inert(message), row, true);
    // Not shown anyway, and the SDK prints it for its own trace: where a line of it ends in node_modules/@pulumi/output.ts, Node's util.inspect goes
    // on until memory is full, in colours (markNodeModules in Node 20.20).
    error.stack = "";
    // Where the failed output is an input of a resource, the SDK would write the names of its properties in front.
    Object.defineProperty(error, "message", { get: () => inert(message), set: () => undefined });
    return error;
}
