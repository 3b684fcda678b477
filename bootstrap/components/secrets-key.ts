import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface SecretsKeyArgs {
    /** `alias/…`; the stacks' files name it. */
    readonly alias: string;
}

/** Days in which a deleted key can be had back; AWS's longest. */
const DELETION_WINDOW_DAYS = 30;

/**
 * The key that the stacks' secrets are under. Its policy is AWS's default: whoever IAM allows. Each stack's secrets carry the stack's name in their
 * encryption context, which the roles' policies ask for. Deleted only after `pulumi state unprotect`: without it no stack can be updated.
 *
 * Cost: 1 USD a month and, for the first two rotations, 1 USD a month more each.
 *
 * @example
 * ```ts
 * import { SecretsKey } from "./components/secrets-key";
 *
 * const key = new SecretsKey("secrets", { alias: "alias/shop-secrets" });
 *
 * export const keyArn = key.arn;
 * ```
 */
export class SecretsKey extends pulumi.ComponentResource {
    /** ARN of the key. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: SecretsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("fargate-bootstrap:index:SecretsKey", name, { ...args }, opts);

        const key = new aws.kms.Key(
            `${name}-key`,
            { description: "Secrets of Pulumi stacks", enableKeyRotation: true, deletionWindowInDays: DELETION_WINDOW_DAYS },
            { parent: this, protect: true },
        );
        new aws.kms.Alias(`${name}-alias`, { name: args.alias, targetKeyId: key.id }, { parent: this });

        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
