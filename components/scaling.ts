import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ScalingSettings } from "../settings";
import { COMPONENT } from "../model/names";

export interface ScalingArgs extends ScalingSettings {
    /** Name of the ECS cluster. */
    readonly clusterName: pulumi.Input<string>;
    /** Name of the ECS service. */
    readonly serviceName: pulumi.Input<string>;
    /**
     * `<load balancer>/<target group>` as CloudWatch names them: needed for `requestsPerTarget`.
     *
     * @default none
     */
    readonly resourceLabel?: pulumi.Input<string>;
    /** Tags of the scalable target. */
    readonly tags: Readonly<Record<string, string>>;
}

/** Seconds between two steps: up at once, down slowly. */
const SCALE_OUT_COOLDOWN = 60;
const SCALE_IN_COOLDOWN = 300;

/**
 * A number of tasks that follows load: target tracking by Application Auto Scaling.
 *
 * Cost: the alarms that Application Auto Scaling makes for each target.
 *
 * @example
 * ```ts
 * import { Scaling } from "./components/scaling";
 *
 * new Scaling("web-scaling", {
 *     clusterName: "shop-staging",
 *     serviceName: "web",
 *     min: 2,
 *     max: 10,
 *     cpuPercent: 60,
 *     tags: { service: "web" },
 * });
 * ```
 */
export class Scaling extends pulumi.ComponentResource {
    constructor(name: string, args: ScalingArgs, opts?: pulumi.ComponentResourceOptions) {
        const { min, max, cpuPercent, memoryPercent, requestsPerTarget } = args;
        super(COMPONENT.scaling, name, { min, max, cpuPercent, memoryPercent, requestsPerTarget }, opts);

        const target = new aws.appautoscaling.Target(
            `${name}-target`,
            {
                serviceNamespace: "ecs",
                scalableDimension: "ecs:service:DesiredCount",
                resourceId: pulumi.interpolate`service/${args.clusterName}/${args.serviceName}`,
                minCapacity: min,
                maxCapacity: max,
                tags: args.tags,
            },
            { parent: this },
        );
        const follow = (
            noun: string,
            predefinedMetricType: string,
            targetValue: number | undefined,
            resourceLabel?: pulumi.Input<string>,
        ) => {
            if (targetValue === undefined) return;
            new aws.appautoscaling.Policy(
                `${name}-${noun}`,
                {
                    policyType: "TargetTrackingScaling",
                    serviceNamespace: target.serviceNamespace,
                    scalableDimension: target.scalableDimension,
                    resourceId: target.resourceId,
                    targetTrackingScalingPolicyConfiguration: {
                        predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
                        targetValue,
                        scaleOutCooldown: SCALE_OUT_COOLDOWN,
                        scaleInCooldown: SCALE_IN_COOLDOWN,
                    },
                },
                { parent: this },
            );
        };
        follow("cpu", "ECSServiceAverageCPUUtilization", cpuPercent);
        follow("memory", "ECSServiceAverageMemoryUtilization", memoryPercent);
        follow("requests", "ALBRequestCountPerTarget", requestsPerTarget, args.resourceLabel);

        this.registerOutputs({});
    }
}
