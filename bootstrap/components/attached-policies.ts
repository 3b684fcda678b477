import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePolicies } from "../../iam/roles";

/** What a role of the bootstrap may do, in managed policies of its name. */
export interface AttachedPolicies {
    /** The role that they are attached to. */
    readonly role: aws.iam.Role;
    /** Physical name of the role, with which those of its policies begin. */
    readonly roleName: string;
    /** IAM path of the policies. */
    readonly path: string;
    /** By their names. Plain but for single ARNs: decides how many. */
    readonly policies: RolePolicies<pulumi.Output<string>>;
}

export function attachPolicies(
    name: string,
    { role, roleName, path, policies }: AttachedPolicies,
    parent: pulumi.Resource,
): void {
    for (const [topic, document] of Object.entries(policies)) {
        const policy = new aws.iam.Policy(
            `${name}-${topic}`,
            { name: `${roleName}-${topic}`, path, policy: pulumi.jsonStringify(document) },
            { parent },
        );
        new aws.iam.RolePolicyAttachment(`${name}-${topic}`, { role: role.name, policyArn: policy.arn }, { parent });
    }
}
