import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../../iam/documents";
import { peopleMayAssume } from "../../iam/people";
import type { RolePolicies } from "../../iam/roles";
import { attachPolicies } from "./attached-policies";

export interface PeopleRoleArgs {
    /** Physical name of the role: people's profiles name it. */
    readonly roleName: string;
    /** IAM path of the role and its policies; begins and ends with `/`. */
    readonly path: string;
    /** Description of the role. */
    readonly description: string;
    /** Region and account. */
    readonly place: Place;
    /** ARNs, or patterns of them, of the account's roles and users that may assume the role. A user shows a second factor. */
    readonly people: readonly string[];
    /** What the role may do, policy by policy. Plain but for single ARNs: decides how many. */
    readonly policies: RolePolicies<pulumi.Output<string>>;
}

/**
 * A role that people assume, for an hour at most.
 *
 * Cost: nothing.
 *
 * @example
 * ```ts
 * import { PeopleRole } from "./components/people-role";
 *
 * const role = new PeopleRole("audit", {
 *     roleName: "shop-audit",
 *     path: "/shop/",
 *     description: "Reads tasks and services",
 *     place: { region: "eu-central-1", account: "123456789012" },
 *     people: ["arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Auditors_*"],
 *     policies: {
 *         read: {
 *             Version: "2012-10-17",
 *             Statement: [{ Effect: "Allow", Action: ["ecs:Describe*", "ecs:List*"], Resource: ["*"] }],
 *         },
 *     },
 * });
 *
 * export const roleArn = role.arn;
 * ```
 */
export class PeopleRole extends pulumi.ComponentResource {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: PeopleRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        const { roleName, path, description, place, people, policies } = args;
        super("fargate-bootstrap:index:PeopleRole", name, { ...args }, opts);

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                name: roleName,
                path,
                description,
                assumeRolePolicy: JSON.stringify(peopleMayAssume(place, people)),
                maxSessionDuration: 3600,
            },
            { parent: this },
        );
        attachPolicies(name, { role, roleName, path, policies }, this);

        this.arn = role.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
