import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Connection, targetOf } from "../model/connections";
import { Deployment, serviceName } from "../model/names";

/** Where tasks may go. */
export type Egress =
    | {
          /** To the VPC endpoints and gateways alone. */
          readonly to: "endpoints";
          /** Id of the group in front of the interface endpoints, which gets a rule for these tasks. */
          readonly securityGroupId: pulumi.Input<string>;
          /** Ids of the prefix lists of the gateways that this service uses, by their short names. Plain keys: decide how many rules. */
          readonly prefixListIds: Readonly<Record<string, pulumi.Input<string>>>;
      }
    | {
          /** To any HTTPS server. */
          readonly to: "internet";
      };

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

export interface TasksGroupArgs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** Whose tasks they are. */
    readonly tasksOf: string;
    /** Project and stack, by which the owners of other groups know the tasks. */
    readonly deployment: Deployment;
    /** Where the tasks may go. */
    readonly egress: Egress;
    /**
     * What the tasks reach beside AWS. Plain: decides how many rules.
     *
     * @default nothing
     */
    readonly outbound?: readonly Connection[];
    /** Tags of the group. */
    readonly tags: Readonly<Record<string, string>>;
}

/** The group of tasks, with their ways out and none in. */
export function tasksGroup(
    name: string,
    { vpcId, tasksOf, deployment, egress, outbound = [], tags }: TasksGroupArgs,
    parent: pulumi.Resource,
): { group: aws.ec2.SecurityGroup; rules: pulumi.Resource[] } {
    const group = new aws.ec2.SecurityGroup(
        `${name}-group`,
        { vpcId, description: `Tasks of ${tasksOf}`, tags: { ...tags, Name: `${name}-group` } },
        { parent },
    );
    const tasks = serviceName(deployment, tasksOf);
    return {
        group,
        rules: [
            ...outwards(name, group.id, egress, parent),
            ...outbound.flatMap(one => connection(name, group.id, one, tasks, parent)),
        ],
    };
}

/** Tasks → one target, and the rule by which a group of others lets them in, where this stack is to make it. */
function connection(
    name: string,
    tasksGroup: pulumi.Input<string>,
    to: Connection,
    tasks: string,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    const target = targetOf(to);
    // Another target or port is another rule, which comes before the old one goes: running tasks need that until the rollout ends.
    const end = `${target.replace("/", "-")}-${to.port}`;
    const traffic = { ipProtocol: "tcp", fromPort: to.port, toPort: to.port };
    const { securityGroupId, prefixListId, cidr } = to;
    const peer = { referencedSecurityGroupId: securityGroupId, prefixListId, cidrIpv4: cidr };
    const out = new aws.vpc.SecurityGroupEgressRule(
        `${name}-to-${end}`,
        { securityGroupId: tasksGroup, ...peer, ...traffic, description: `Outbound to ${target}` },
        { parent },
    );
    if (securityGroupId === undefined || to.openIngress !== true) return [out];
    const into = { securityGroupId, referencedSecurityGroupId: tasksGroup, ...traffic, description: `Tasks of ${tasks}` };
    return [out, new aws.vpc.SecurityGroupIngressRule(`${name}-into-${end}`, into, { parent })];
}

/** Load balancer → tasks: one arrow, as a pair of rules. */
export function fromLoadBalancer(
    name: string,
    tasksGroup: pulumi.Input<string>,
    loadBalancerGroup: pulumi.Input<string>,
    port: number,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    const traffic = { ipProtocol: "tcp", fromPort: port, toPort: port };
    // A new port is let in before the old one is shut, which running tasks still listen on.
    const options = { parent, replaceOnChanges: ["fromPort", "toPort"] };
    return [
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-from-load-balancer`,
            {
                securityGroupId: tasksGroup,
                referencedSecurityGroupId: loadBalancerGroup,
                ...traffic,
                description: "Load balancer",
            },
            options,
        ),
        new aws.vpc.SecurityGroupEgressRule(
            `${name}-load-balancer-out`,
            {
                securityGroupId: loadBalancerGroup,
                referencedSecurityGroupId: tasksGroup,
                ...traffic,
                description: `Tasks of ${name}`,
            },
            options,
        ),
    ];
}

/** Tasks → endpoints as a pair of rules, and → S3; or tasks → any HTTPS server. */
function outwards(name: string, tasksGroup: pulumi.Input<string>, egress: Egress, parent: pulumi.Resource): pulumi.Resource[] {
    if (egress.to === "internet") {
        return [
            new aws.vpc.SecurityGroupEgressRule(
                `${name}-to-internet`,
                { securityGroupId: tasksGroup, cidrIpv4: "0.0.0.0/0", ...HTTPS, description: "HTTPS, through NAT" },
                { parent },
            ),
        ];
    }
    return [
        new aws.vpc.SecurityGroupEgressRule(
            `${name}-to-endpoints`,
            {
                securityGroupId: tasksGroup,
                referencedSecurityGroupId: egress.securityGroupId,
                ...HTTPS,
                description: "VPC endpoints",
            },
            { parent },
        ),
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-endpoints-in`,
            {
                securityGroupId: egress.securityGroupId,
                referencedSecurityGroupId: tasksGroup,
                ...HTTPS,
                description: `Tasks of ${name}`,
            },
            { parent },
        ),
        ...Object.entries(egress.prefixListIds).map(
            ([gateway, prefixListId]) =>
                new aws.vpc.SecurityGroupEgressRule(
                    `${name}-to-${gateway}`,
                    { securityGroupId: tasksGroup, prefixListId, ...HTTPS, description: `Gateway to ${gateway}` },
                    { parent },
                ),
        ),
    ];
}
