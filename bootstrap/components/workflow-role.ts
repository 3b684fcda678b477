import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePolicies } from "../../iam/roles";
import { GitHub, Job, mayAssume } from "../../iam/trust";

export interface WorkflowRoleArgs {
    /** Physical name: the workflows' settings name it. */
    readonly roleName: string;
    /** IAM path of the role and its policies. */
    readonly path: string;
    readonly description: string;
    readonly github: GitHub;
    readonly providerArn: pulumi.Input<string>;
    /** The jobs that may take the role. */
    readonly jobs: readonly Job[];
    /** What the role may do, policy by policy. Plain but for single ARNs: decides how many. */
    readonly policies: RolePolicies<pulumi.Output<string>>;
}

/** A role that jobs of GitHub Actions take, for an hour at most. Cost: nothing. */
export class WorkflowRole extends pulumi.ComponentResource {
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
        for (const [topic, document] of Object.entries(policies)) {
            const policy = new aws.iam.Policy(
                `${name}-${topic}`,
                { name: `${roleName}-${topic}`, path, policy: pulumi.jsonStringify(document) },
                { parent: this },
            );
            new aws.iam.RolePolicyAttachment(`${name}-${topic}`, { role: role.name, policyArn: policy.arn }, { parent: this });
        }

        this.arn = role.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
