import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePolicies } from "../../iam/roles";
import { GitHub, Job, mayAssume } from "../../iam/trust";
import { attachPolicies } from "./attached-policies";

export interface WorkflowRoleArgs {
    /** Physical name of the role: the workflows' settings name it. */
    readonly roleName: string;
    /** IAM path of the role and its policies; begins and ends with `/`. */
    readonly path: string;
    /** Description of the role. */
    readonly description: string;
    /** The repository whose jobs may assume the role. */
    readonly github: GitHub;
    /** ARN of GitHub's identity provider in this account. */
    readonly providerArn: pulumi.Input<string>;
    /** The jobs that may assume the role. */
    readonly jobs: readonly Job[];
    /** What the role may do, policy by policy. Plain but for single ARNs: decides how many. */
    readonly policies: RolePolicies<pulumi.Output<string>>;
}

/**
 * A role that jobs of GitHub Actions assume, for an hour at most.
 *
 * Cost: nothing.
 *
 * @example
 * ```ts
 * import { GitHubIdentity } from "./components/github-identity";
 * import { WorkflowRole } from "./components/workflow-role";
 *
 * const { providerArn } = new GitHubIdentity("github", {});
 * const role = new WorkflowRole("audit", {
 *     roleName: "shop-audit",
 *     path: "/shop/",
 *     description: "Reads tasks and services",
 *     github: { repository: "octo-org/octo-repo", branch: "main", subjectPrefix: "repo:octo-org/octo-repo" },
 *     providerArn,
 *     jobs: [{ subject: "ref:refs/heads/main", workflow: "drift-stack.yml", ref: "refs/heads/main" }],
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
export class WorkflowRole extends pulumi.ComponentResource {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: WorkflowRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        const { roleName, path, description, github, jobs, policies } = args;
        super("fargate-bootstrap:index:WorkflowRole", name, { roleName, path, github, jobs, policies }, opts);

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                name: roleName,
                path,
                description,
                assumeRolePolicy: pulumi
                    .output(args.providerArn)
                    .apply(providerArn => JSON.stringify(mayAssume(github, providerArn, jobs))),
                maxSessionDuration: 3600,
            },
            { parent: this },
        );
        attachPolicies(name, { role, roleName, path, policies }, this);

        this.arn = role.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
