import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { capacityProviders } from "../model/capacity";
import { timeouts } from "../model/rollout";
import { Egress, fromLoadBalancer, outwards } from "./group-rules";
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
        const rules = outwards(name, group.id, args.egress, this);

        let target: Target | undefined;
        if (route !== undefined && port !== undefined) {
            const loadBalancer = loadBalancerOf(args);
            rules.push(...fromLoadBalancer(name, group.id, loadBalancer.securityGroupId, port, this));
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
