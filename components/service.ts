import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { capacityProviders } from "../model/capacity";
import { timeouts } from "../model/rollout";
import { Scaling } from "./scaling";
import { Target } from "./target";
import { Task, TaskArgs } from "./task";

export interface ServiceArgs extends TaskArgs {
    readonly network: {
        readonly vpcId: pulumi.Input<string>;
        readonly privateSubnetIds: pulumi.Input<string[]>;
    };
    readonly cluster: {
        readonly arn: pulumi.Input<string>;
        readonly clusterName: pulumi.Input<string>;
    };
    /** Needed where the service has a route. */
    readonly loadBalancer?: {
        readonly securityGroupId: pulumi.Input<string>;
        readonly listenerArn: pulumi.Input<string>;
        readonly arnSuffix: pulumi.Input<string>;
    };
    readonly egress: Egress;
    /** What must be there before a task starts: capacity providers, routes and endpoints. */
    readonly after: readonly pulumi.Resource[];
}

/** Where tasks may go: to the endpoints and S3 alone, or to any HTTPS server. */
export type Egress =
    | {
          readonly to: "endpoints";
          readonly securityGroupId: pulumi.Input<string>;
          /** The gateways that this service uses, by their short names. Plain keys: decide how many rules. */
          readonly prefixListIds: Readonly<Record<string, pulumi.Input<string>>>;
      }
    | { readonly to: "internet" };

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/**
 * A service on Fargate: tasks in private subnets, reached through the load balancer alone.
 *
 * Cost: its tasks by CPU, memory and second.
 */
export class Service extends pulumi.ComponentResource {
    /** Physical name of the ECS service. */
    readonly serviceName: pulumi.Output<string>;
    readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { service } = args;
        const { tasks, spotPercent, route, port } = service;
        super("fargate:index:Service", name, { tasks, spotPercent, route, egress: args.egress.to }, opts);
        const tags = { service: service.name };
        const { vpcId, privateSubnetIds } = args.network;

        const group = new aws.ec2.SecurityGroup(
            `${name}-group`,
            { vpcId, description: `Tasks of ${service.name}`, tags: { ...tags, Name: `${name}-group` } },
            { parent: this },
        );
        const rules = this.outwards(name, group.id, args.egress);

        let target: Target | undefined;
        if (route !== undefined && port !== undefined) {
            const loadBalancer = loadBalancerOf(args);
            rules.push(...this.fromLoadBalancer(name, group.id, loadBalancer.securityGroupId, port));
            const targetArgs = { ...service, serviceName: service.name, vpcId, loadBalancer, route, port, tags };
            target = new Target(`${name}-target`, targetArgs, { parent: this });
        }
        const task = new Task(`${name}-task`, args, { parent: this });

        const isScaled = typeof tasks !== "number";
        const ecsService = new aws.ecs.Service(
            name,
            {
                cluster: args.cluster.arn,
                taskDefinition: task.definitionArn,
                desiredCount: isScaled ? tasks.min : tasks,
                capacityProviderStrategies: capacityProviders(spotPercent),
                platformVersion: "LATEST",
                networkConfiguration: { subnets: privateSubnetIds, securityGroups: [group.id], assignPublicIp: false },
                loadBalancers: target && [
                    { targetGroupArn: target.targetGroupArn, containerName: service.name, containerPort: target.port },
                ],
                healthCheckGracePeriodSeconds: target && service.health.gracePeriodSeconds,
                deploymentCircuitBreaker: { enable: true, rollback: true },
                deploymentMinimumHealthyPercent: 100,
                deploymentMaximumPercent: 200,
                availabilityZoneRebalancing: "ENABLED",
                enableEcsManagedTags: true,
                propagateTags: "SERVICE",
                // Without it, another capacity provider strategy replaces the service (hashicorp/terraform-provider-aws#11351).
                forceNewDeployment: true,
                triggers: { spotPercent: String(spotPercent) },
                waitForSteadyState: true,
                tags,
            },
            {
                parent: this,
                // Nothing of this is in the arguments, and a task that starts before it fails.
                dependsOn: [...(target?.ready ?? []), ...task.ready, ...rules, ...args.after],
                // The scaler owns the number; a changed minimum takes effect through its target.
                ignoreChanges: isScaled ? ["desiredCount"] : [],
                customTimeouts: timeouts({
                    gracePeriodSeconds: service.health.gracePeriodSeconds,
                    drainSeconds: service.drainSeconds,
                }),
            },
        );

        if (isScaled) {
            new Scaling(
                `${name}-scaling`,
                {
                    ...tasks,
                    clusterName: args.cluster.clusterName,
                    serviceName: ecsService.name,
                    resourceLabel: target?.resourceLabel,
                    tags,
                },
                { parent: this },
            );
        }

        this.serviceName = ecsService.name;
        this.logGroupName = task.logGroupName;
        this.registerOutputs({ serviceName: this.serviceName, logGroupName: this.logGroupName });
    }

    /** Load balancer → tasks: one arrow, as a pair of rules. */
    private fromLoadBalancer(
        name: string,
        tasksGroup: pulumi.Input<string>,
        loadBalancerGroup: pulumi.Input<string>,
        port: number,
    ): pulumi.Resource[] {
        const traffic = { ipProtocol: "tcp", fromPort: port, toPort: port };
        // A new port is let in before the old one is shut, which running tasks still listen on.
        const options = { parent: this, replaceOnChanges: ["fromPort", "toPort"] };
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
    private outwards(name: string, tasksGroup: pulumi.Input<string>, egress: Egress): pulumi.Resource[] {
        if (egress.to === "internet") {
            return [
                new aws.vpc.SecurityGroupEgressRule(
                    `${name}-to-internet`,
                    { securityGroupId: tasksGroup, cidrIpv4: "0.0.0.0/0", ...HTTPS, description: "HTTPS, through NAT" },
                    { parent: this },
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
                { parent: this },
            ),
            new aws.vpc.SecurityGroupIngressRule(
                `${name}-endpoints-in`,
                {
                    securityGroupId: egress.securityGroupId,
                    referencedSecurityGroupId: tasksGroup,
                    ...HTTPS,
                    description: `Tasks of ${name}`,
                },
                { parent: this },
            ),
            ...Object.entries(egress.prefixListIds).map(
                ([gateway, prefixListId]) =>
                    new aws.vpc.SecurityGroupEgressRule(
                        `${name}-to-${gateway}`,
                        { securityGroupId: tasksGroup, prefixListId, ...HTTPS, description: `Gateway to ${gateway}` },
                        { parent: this },
                    ),
            ),
        ];
    }
}

function loadBalancerOf(args: ServiceArgs): NonNullable<ServiceArgs["loadBalancer"]> {
    if (args.loadBalancer === undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: "loadBalancer",
            reason: `service ${args.service.name} has a route, so it needs a load balancer`,
        });
    }
    return args.loadBalancer;
}
