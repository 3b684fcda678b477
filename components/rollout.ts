import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ServiceTimings, inWords, waitFor } from "../model/rollout-wait";
import { DeclaredRollout, Outcome, Watch, isFailed, revisionOf } from "../model/verdict";
import type { ServiceFacts } from "../model/verdict-advice";
import { failureText, successText } from "../model/verdict-text";

export interface RolloutArgs {
    readonly service: ServiceFacts & ServiceTimings;
    /** Updated before the wait begins; its row shows how ECS gets on. */
    readonly ecsService: aws.ecs.Service;
    /** What the stack declares. Not what the provider reads back of the service: after a quick rollback that is the old revision. */
    readonly taskDefinitionArn: pulumi.Input<string>;
    readonly logGroupName: pulumi.Input<string>;
    /** How to ask ECS; undefined where nothing is rolled out, as in a plan. Plain: decides whether to wait. */
    readonly watch: Watch | undefined;
}

/**
 * The revision that a service runs, proven by ECS itself: an output that is there when ECS says so, in every update, changed or not. Where ECS says
 * otherwise the update fails, with what there is to see of it; services wait at once, and each tells its own failure.
 *
 * A failed output ends the program, whose resources are all made by then: the engine keeps them, and deletes nothing that the old revision still
 * needs, since it deletes only after a program that ended well. Keep it out of the stack's outputs: one of those that fails empties them all.
 * Nothing is locked by the wait, and nothing of it is in the state: it may be cut off at any time, and the next update asks again.
 */
export function provenRevision({
    service,
    ecsService,
    taskDefinitionArn,
    logGroupName,
    watch,
}: RolloutArgs): pulumi.Output<string> {
    const { cluster, name: serviceName } = ecsService;
    return pulumi
        .all({ taskDefinition: taskDefinitionArn, cluster, serviceName, logGroup: logGroupName })
        .apply(async declared => {
            if (watch !== undefined && !pulumi.runtime.isDryRun()) {
                const rollout = { ...declared, service: service.name, wait: waitFor(service) };
                await proven(rollout, service, ecsService, watch);
            }
            return declared.taskDefinition;
        });
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
function readable(message: string, row: pulumi.Resource): pulumi.ResourceError {
    return new pulumi.ResourceError(message, row, true);
}
