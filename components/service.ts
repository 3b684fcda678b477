import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceThresholds } from "../model/alarm-thresholds";
import { bakeSeconds } from "../model/alarms";
import { capacityProviders } from "../model/capacity";
import { rolling, stopTimeoutSeconds, timeouts } from "../model/rollout";
import type { RunRelease } from "../model/task-run";
import type { Watch } from "../model/verdict";
import { fromLoadBalancer, tasksGroup } from "./group-rules";
import { releasedRevision } from "./release";
import { needed } from "./needed";
import { provenRevision } from "./rollout";
import { Scaling } from "./scaling";
import { Target, TargetArgs } from "./target";
import { RunnerArgs, Task } from "./task";
import { deploymentAlarms, watchRequests } from "./watch";
import { COMPONENT, logicalName, serviceName } from "../model/names";
import type { ServiceSettings } from "../settings";

export interface ServiceArgs extends RunnerArgs, Pick<TargetArgs, "wasSticky"> {
    /** The service's settings: of its tasks, of how many there are, and of how they are reached. Plain: decides how many resources there are. */
    readonly service: ServiceSettings;
    /** The same cluster, by its name too. */
    readonly cluster: RunnerArgs["cluster"] & {
        /** Name of the cluster. */
        readonly clusterName: pulumi.Input<string>;
    };
    /**
     * The load balancer in front of the tasks: needed where the service has a route.
     *
     * @default none
     */
    readonly loadBalancer?: TargetArgs["loadBalancer"] & {
        /** Id of its group, which gets a rule towards the tasks. */
        readonly securityGroupId: pulumi.Input<string>;
    };
    /**
     * Priority of the route's listener rule, 1 to 50000: needed where the service has a route.
     *
     * @default none
     */
    readonly rulePriority?: number;
    /**
     * What is watched of the route's requests, and who is told.
     *
     * @default nothing
     */
    readonly alarms?: {
        /** When alarms go on. Plain: decides which there are. */
        readonly thresholds: ServiceThresholds;
        /** ARN of the topic that is told. */
        readonly topicArn: pulumi.Input<string>;
    };
    /**
     * Whether ECS takes a rollout back in which one of these alarms goes on.
     *
     * @default false
     */
    readonly rollbackOnAlarms?: boolean;
    /**
     * Whether ECS was told of alarms before, which it would keep without a word.
     *
     * @default false
     */
    readonly wasToldOfAlarms?: boolean;
    /**
     * How ECS is asked whether tasks of this revision run. Plain: decides whether an update waits for it.
     *
     * @default nobody asks, and an update ends when ECS knows of the revision
     */
    readonly watch?: Watch;
    /**
     * How ECS is told to run the release of a new revision. Plain: decides whether the service waits for it.
     *
     * @default no release is run, as in a plan
     */
    readonly runRelease?: RunRelease;
    /**
     * Releases of services that run the same image: this one moves behind them.
     *
     * @default none
     */
    readonly afterReleases?: readonly pulumi.Output<pulumi.Resource>[];
}

/**
 * A service on Fargate: tasks in private subnets, reached through the load balancer alone.
 *
 * Cost: its tasks by CPU, memory and second; its release, for as long as it runs, as one task on demand.
 *
 * @throws pulumi.InputPropertyError where the service has a route and no load balancer or priority is given.
 * @example
 * ```ts
 * import { Cluster } from "./components/cluster";
 * import { Service } from "./components/service";
 * import { readSettings } from "./settings";
 *
 * const settings = readSettings();
 * const cluster = new Cluster("cluster", { clusterName: "shop-staging", containerInsights: "disabled" });
 * for (const service of settings.services) {
 *     new Service(service.name, {
 *         service,
 *         deployment: settings,
 *         place: { region: settings.region, account: "123456789012" },
 *         cluster,
 *         network: {
 *             vpcId: "vpc-0123456789abcdef0",
 *             privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *         },
 *         loadBalancer: {
 *             securityGroupId: "sg-0123456789abcdef0",
 *             listenerArn: "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef",
 *             arnSuffix: "app/shop/0123456789abcdef",
 *         },
 *         rulePriority: 10,
 *         egress: { to: "internet" },
 *         image: "public.ecr.aws/nginx/nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
 *         imagesReady: [],
 *         logRetentionDays: settings.logRetentionDays,
 *         after: cluster.ready,
 *     });
 * }
 * ```
 */
export class Service extends pulumi.ComponentResource {
    /** Physical name of the ECS service. */
    readonly serviceName: pulumi.Output<string>;
    /** Is there when the release of the revision succeeded, or at once where there is none. */
    readonly released: pulumi.Output<pulumi.Resource>;
    /** As CloudWatch names the load balancer and the target group; undefined for a worker. */
    readonly front: Target["front"] | undefined;
    /** Name of the tasks' log group in CloudWatch Logs. */
    readonly logGroupName: pulumi.Output<string>;
    /** ARN of the task definition, when tasks run it. It fails the update where they do not, or where its release did not succeed: await it with `waitsEnd`, and keep it out of outputs. */
    readonly revision: pulumi.Output<string>;

    constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { service } = args;
        const { tasks, spotPercent, spotBase, route, port, release, of } = service;
        super(COMPONENT.service, name, { tasks, spotPercent, spotBase, route, egress: args.egress.to, release, of }, opts);
        const tags = { service: service.name };
        const { vpcId, privateSubnetIds } = args.network;

        const { group, rules } = tasksGroup(
            name,
            { vpcId, tasksOf: service.name, deployment: args.deployment, egress: args.egress, outbound: service.outbound, tags },
            this,
        );

        let target: Target | undefined;
        if (route !== undefined && port !== undefined) {
            const loadBalancer = needed(args, "loadBalancer", "it needs a load balancer");
            rules.push(...fromLoadBalancer(name, group.id, loadBalancer.securityGroupId, port, this));
            const rule = { route, rulePriority: needed(args, "rulePriority", "its listener rule needs a priority") };
            const of = { serviceName: service.name, vpcId, loadBalancer, wasSticky: args.wasSticky };
            const targetArgs = { ...service, ...of, ...rule, port, tags };
            target = new Target(logicalName.target(name), targetArgs, { parent: this });
        }
        const task = new Task(
            logicalName.task(name),
            { ...args, task: service, stopTimeoutSeconds: stopTimeoutSeconds(service.drainSeconds) },
            { parent: this },
        );

        // Nothing of this is in the arguments, and a task that starts before it fails.
        const taskReady = [...task.ready, ...rules, ...args.after];
        const taskDefinitionArn = releasedRevision({
            ...{ service, release, taskDefinitionArn: task.definitionArn, after: taskReady, row: this, run: args.runRelease },
            afterReleases: args.afterReleases,
            place: {
                cluster: args.cluster.arn,
                subnetIds: privateSubnetIds,
                securityGroupId: group.id,
                logGroup: task.logGroupName,
            },
        });
        const watchedBy = { service, deployment: args.deployment };
        const watched = target && args.alarms && watchRequests({ ...watchedBy, ...args.alarms }, target.front, this);

        const isScaled = typeof tasks !== "number";
        const ecsService = new aws.ecs.Service(
            name,
            {
                cluster: args.cluster.arn,
                taskDefinition: taskDefinitionArn,
                desiredCount: isScaled ? tasks.min : tasks,
                capacityProviderStrategies: capacityProviders(spotPercent, spotBase),
                platformVersion: "LATEST",
                enableExecuteCommand: service.exec,
                networkConfiguration: { subnets: privateSubnetIds, securityGroups: [group.id], assignPublicIp: false },
                loadBalancers: target && [
                    { targetGroupArn: target.targetGroupArn, containerName: service.name, containerPort: target.port },
                ],
                healthCheckGracePeriodSeconds: target && service.health.gracePeriodSeconds,
                deploymentCircuitBreaker: { enable: true, rollback: true },
                alarms: deploymentAlarms(
                    watchedBy,
                    (args.rollbackOnAlarms && watched?.names) || [],
                    args.wasToldOfAlarms ?? false,
                ),
                ...rolling(service.minHealthyPercent),
                enableEcsManagedTags: true,
                propagateTags: "SERVICE",
                // Without it, another capacity provider strategy replaces the service (hashicorp/terraform-provider-aws#11351).
                forceNewDeployment: true,
                triggers: { spotPercent: String(spotPercent), ...(spotBase !== undefined && { spotBase: String(spotBase) }) },
                // The provider takes a rollout that was rolled back for a good one, or tells it once: see rollout.ts.
                waitForSteadyState: false,
                tags,
            },
            {
                parent: this,
                dependsOn: [...(target?.ready ?? []), ...taskReady, ...(args.afterReleases ?? [])],
                // The scaler owns the number; a changed minimum takes effect through its target.
                ignoreChanges: isScaled ? ["desiredCount"] : [],
                customTimeouts: timeouts(service),
            },
        );

        if (isScaled) {
            new Scaling(
                `${name}-scaling`,
                {
                    ...tasks,
                    clusterName: args.cluster.clusterName,
                    serviceName: ecsService.name,
                    front: target?.front,
                    alarmName: `${serviceName(args.deployment, service.name)}-steps`,
                    tags,
                },
                { parent: this },
            );
        }

        this.serviceName = ecsService.name;
        this.front = target?.front;
        // The group stands for the release: who depends on the component would wait for the rollout too.
        this.released = taskDefinitionArn.apply(() => group);
        this.logGroupName = task.logGroupName;
        this.revision = provenRevision({
            ...{ service, ecsService, taskDefinitionArn, logGroupName: task.logGroupName, watch: args.watch },
            bakeSeconds: bakeSeconds(args.alarms?.thresholds, args.rollbackOnAlarms),
        });
        this.registerOutputs({ serviceName: this.serviceName, logGroupName: this.logGroupName });
    }
}
