import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Lookups } from "../lookups";
import type { RunRelease } from "../model/task-run";
import type { Watch } from "../model/verdict";
import type { Settings } from "../settings";

/** What every part is made from. */
export interface Given {
    readonly settings: Settings;
    /** What AWS said before anything was declared. */
    readonly found: Lookups;
    readonly onAws: { readonly provider: aws.Provider };
    /** How ECS is asked what became of a rollout, and told to run a release. */
    readonly onEcs: { readonly watch: Watch; readonly runRelease: RunRelease | undefined } | undefined;
}

/** Where what a stack writes is kept and told; each where it is asked for. */
export interface Kept {
    /** ARN of the key that it is under, or AWS's own. */
    readonly kmsKeyArn?: pulumi.Input<string>;
    /** ARN of the topic that alarms tell. */
    readonly topicArn?: pulumi.Input<string>;
}
