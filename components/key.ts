import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../iam/documents";
import { keyPolicy } from "../iam/keys";
import { COMPONENT, Deployment, stackPrefix } from "../model/names";
import { DELETION_WINDOW_DAYS } from "../settings/encryption";

export interface KeyArgs {
    /** Project and stack: what the key is for. */
    readonly deployment: Deployment;
    /** Region and account. */
    readonly place: Place;
    /** Whether it stays in AWS when the stack no longer has it. What it wrote can be read for as long as it is there. */
    readonly kept: boolean;
}

/**
 * A KMS key of the account's own, for the stack's logs, alarms and images.
 *
 * Cost: 1 USD a month and, for the first two rotations, 1 USD a month more each; requests of the services that use it.
 *
 * @example
 * ```ts
 * import { Key } from "./components/key";
 *
 * const key = new Key("stack-key", {
 *     deployment: { project: "shop", stack: "staging" },
 *     place: { region: "ap-northeast-2", account: "123456789012" },
 *     kept: true,
 * });
 *
 * export const keyArn = key.arn;
 * ```
 */
export class Key extends pulumi.ComponentResource {
    /** ARN of the key. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: KeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.key, name, { kept: args.kept }, opts);

        const key = new aws.kms.Key(
            name,
            {
                description: `Logs, alarms and images of ${stackPrefix(args.deployment)}`,
                enableKeyRotation: true,
                deletionWindowInDays: DELETION_WINDOW_DAYS,
                policy: pulumi.jsonStringify(keyPolicy(args.place, args.deployment)),
            },
            { parent: this, retainOnDelete: args.kept },
        );

        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
