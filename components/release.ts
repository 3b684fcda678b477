import * as pulumi from "@pulumi/pulumi";
import { DeclaredRun, RunRelease, releaseOf } from "../model/task-run";
import { commandText, endText, releaseFailureText } from "../model/task-run-text";
import { inWords } from "../model/rollout-wait";
import type { ServiceFacts } from "../model/verdict-facts";
import { revisionOf } from "../model/rollout-state";
import { readable } from "./rollout";
import type { ReleaseSettings } from "../settings";

export interface ReleaseArgs {
    /** Whose release it is, and what is quoted in advice. */
    readonly service: ServiceFacts;
    /** What runs, and for how long at most; undefined where nothing does. */
    readonly release: ReleaseSettings | undefined;
    /** ARN of the revision that is released. */
    readonly taskDefinitionArn: pulumi.Input<string>;
    /** Where its task runs: where the service's tasks do. */
    readonly place: {
        /** ARN of the cluster. */
        readonly cluster: pulumi.Input<string>;
        /** Ids of the tasks' subnets. */
        readonly subnetIds: pulumi.Input<string[]>;
        /** Id of the tasks' group. */
        readonly securityGroupId: pulumi.Input<string>;
        /** Name of the log group that the definition names. */
        readonly logGroup: pulumi.Input<string>;
    };
    /** What must be there before a task starts. */
    readonly after: readonly pulumi.Resource[];
    /**
     * Releases that come before: of services whose image it runs.
     *
     * @default none
     */
    readonly afterReleases?: readonly pulumi.Output<pulumi.Resource>[];
    /** Its row shows how the release gets on: not the ECS service's, which is not there yet. */
    readonly row: pulumi.Resource;
    /** How ECS is told to run it; undefined where it is not, as in a plan. */
    readonly run: RunRelease | undefined;
}

/**
 * The revision that a service may move to, since its release succeeded: an output that is there when it did, in this update or an earlier one. Where
 * it did not the output fails, before the ECS service that takes it is touched, and the update with it.
 *
 * Nothing of it is in the state: ECS remembers which revisions were released. Where the wait is cut off the task goes on, and the next update waits
 * for it. A preview runs nothing.
 */
export function releasedRevision({
    service,
    release,
    taskDefinitionArn,
    place,
    after,
    afterReleases = [],
    row,
    run,
}: ReleaseArgs): pulumi.Output<string> {
    if (release === undefined || run === undefined) return pulumi.output(taskDefinitionArn);
    // The values that a task is started with name none of these. A URN is there when the resource is, and known in every preview.
    const there = pulumi.all(after.map(({ urn }) => urn));
    // In a preview they are not known where they are to run, and this revision may be.
    const before = pulumi.all(pulumi.runtime.isDryRun() ? [] : afterReleases.map(one => one.apply(({ urn }) => urn)));
    return pulumi.all([taskDefinitionArn, pulumi.output(place), there, before]).apply(async ([taskDefinition, where]) => {
        if (pulumi.runtime.isDryRun()) return taskDefinition;
        const named = { name: service.name, container: service.name, startedBy: releaseOf(taskDefinition), taskDefinition };
        const bound = { command: release.command, atMostSeconds: release.timeoutMinutes * 60 };
        await released({ ...where, ...named, ...bound }, service, row, run);
        return taskDefinition;
    });
}

async function released(declared: DeclaredRun, facts: ServiceFacts, row: pulumi.Resource, run: RunRelease): Promise<void> {
    const { name, command = [], atMostSeconds = 0, taskDefinition } = declared;
    const what = `${revisionOf(taskDefinition)}: ${commandText(command)}`;
    let hasWaited = false;
    const tell = (line: string) => {
        const bounds = `at most ${inWords(atMostSeconds)}. Ctrl-C ends the wait, not the release, which the next update waits for.`;
        if (!hasWaited) void pulumi.log.info(`first runs the release of ${what}, ${bounds}`, row);
        hasWaited = true;
        void pulumi.log.info(`${commandText(command)} ${line}`, row, undefined, true);
    };
    const outcome = await run(declared, tell).catch((error: unknown) => {
        throw readable(error instanceof Error ? error.message : String(error), row);
    });
    if (outcome === undefined) return;
    if (outcome.verdict.kind !== "succeeded") throw readable(releaseFailureText(outcome, declared, facts), row);
    void pulumi.log.info(`${name} released ${what} ${endText(outcome)}.`, row);
}
