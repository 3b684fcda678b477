import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Front } from "../model/alarms";
import type { ScalingSettings, ScalingStep } from "../settings";
import { COMPONENT } from "../model/names";
import { awsCron } from "../model/schedule";

export interface ScalingArgs extends ScalingSettings {
    /** Name of the ECS cluster. */
    readonly clusterName: pulumi.Input<string>;
    /** Name of the ECS service. */
    readonly serviceName: pulumi.Input<string>;
    /**
     * As CloudWatch names the load balancer and the target group: needed for `requestsPerTarget` and `responseSeconds`.
     *
     * @default none
     */
    readonly front?: Front<pulumi.Input<string>>;
    /** Name of the alarm that sets off `steps`; the deploy role knows alarms by the stack's prefix. */
    readonly alarmName: string;
    /** Tags of the scalable target and the alarm. */
    readonly tags: Readonly<Record<string, string>>;
}

/** Seconds between two changes: up at once, down slowly. */
const SCALE_OUT_COOLDOWN = 60;
const SCALE_IN_COOLDOWN = 300;

/** Seconds between two values of ECS's metrics. */
const METRIC_PERIOD = 60;

/**
 * A number of tasks that follows load: target tracking by Application Auto Scaling, steps for bursts, and other limits at certain times.
 *
 * Cost: the alarms that Application Auto Scaling makes for each target, and one for the steps.
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
 *     alarmName: "shop-staging-web-steps",
 *     tags: { service: "web" },
 * });
 * ```
 */
export class Scaling extends pulumi.ComponentResource {
    constructor(name: string, args: ScalingArgs, opts?: pulumi.ComponentResourceOptions) {
        const { min, max, cpuPercent, memoryPercent, requestsPerTarget, responseSeconds, steps, cooldown, schedules } = args;
        const following = { cpuPercent, memoryPercent, requestsPerTarget, responseSeconds };
        super(COMPONENT.scaling, name, { min, max, ...following, steps, cooldown, schedules }, opts);

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
            {
                parent: this,
                // A scheduled action writes its limits here: an update must not wake what is asleep. Changed limits come with the next action, which says both.
                ignoreChanges: schedules === undefined ? [] : ["minCapacity", "maxCapacity"],
            },
        );
        const { serviceNamespace, scalableDimension, resourceId } = target;
        const ofTarget = { serviceNamespace, scalableDimension, resourceId };
        const scaleOutCooldown = cooldown?.outSeconds ?? SCALE_OUT_COOLDOWN;
        const scaleInCooldown = cooldown?.inSeconds ?? SCALE_IN_COOLDOWN;

        const follow = (noun: string, targetValue: number | undefined, metric: TargetMetric) => {
            if (targetValue === undefined) return;
            new aws.appautoscaling.Policy(
                `${name}-${noun}`,
                {
                    policyType: "TargetTrackingScaling",
                    ...ofTarget,
                    targetTrackingScalingPolicyConfiguration: { ...metric, targetValue, scaleOutCooldown, scaleInCooldown },
                },
                { parent: this },
            );
        };
        const predefined = (predefinedMetricType: string, resourceLabel?: pulumi.Input<string>): TargetMetric => ({
            predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
        });
        follow("cpu", cpuPercent, predefined("ECSServiceAverageCPUUtilization"));
        follow("memory", memoryPercent, predefined("ECSServiceAverageMemoryUtilization"));
        const { front } = args;
        const label = front && pulumi.interpolate`${front.loadBalancer}/${front.targetGroup}`;
        follow("requests", requestsPerTarget, predefined("ALBRequestCountPerTarget", label));
        if (front !== undefined) follow("response", responseSeconds, responseTime(front));

        const [first] = steps ?? [];
        if (steps !== undefined && first !== undefined) {
            const policy = new aws.appautoscaling.Policy(
                `${name}-steps`,
                {
                    policyType: "StepScaling",
                    ...ofTarget,
                    stepScalingPolicyConfiguration: {
                        adjustmentType: "ChangeInCapacity",
                        cooldown: scaleOutCooldown,
                        metricAggregationType: "Average",
                        stepAdjustments: stepAdjustments(steps),
                    },
                },
                { parent: this },
            );
            new aws.cloudwatch.MetricAlarm(
                `${name}-steps`,
                {
                    name: args.alarmName,
                    alarmDescription: `Adds tasks at once: CPU is at ${first.cpuPercent} percent or above`,
                    namespace: "AWS/ECS",
                    metricName: "CPUUtilization",
                    dimensions: { ClusterName: args.clusterName, ServiceName: args.serviceName },
                    statistic: "Average",
                    period: METRIC_PERIOD,
                    evaluationPeriods: 1,
                    comparisonOperator: "GreaterThanOrEqualToThreshold",
                    threshold: first.cpuPercent,
                    treatMissingData: "notBreaching",
                    alarmActions: [policy.arn],
                    tags: args.tags,
                },
                { parent: this },
            );
        }

        schedules?.forEach((schedule, index) => {
            new aws.appautoscaling.ScheduledAction(
                `${name}-schedule-${index + 1}`,
                {
                    ...ofTarget,
                    schedule: awsCron(schedule.cron),
                    timezone: schedule.timeZone,
                    scalableTargetAction: { minCapacity: schedule.min, maxCapacity: schedule.max },
                },
                { parent: this },
            );
        });

        this.registerOutputs({});
    }
}

type TargetMetric = Pick<
    aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration,
    "predefinedMetricSpecification" | "customizedMetricSpecification"
>;

/** The average, which is what target tracking can follow: a percentile of few requests jumps. */
function responseTime({ loadBalancer, targetGroup }: Front<pulumi.Input<string>>): TargetMetric {
    return {
        customizedMetricSpecification: {
            namespace: "AWS/ApplicationELB",
            metricName: "TargetResponseTime",
            statistic: "Average",
            dimensions: [
                { name: "LoadBalancer", value: loadBalancer },
                { name: "TargetGroup", value: targetGroup },
            ],
        },
    };
}

/** Bounds count from the alarm's threshold, which is the first step's; the last step has no end. */
function stepAdjustments(steps: readonly ScalingStep[]) {
    const from = steps[0]?.cpuPercent ?? 0;
    return steps.map(({ cpuPercent, add }, index) => {
        const next = steps[index + 1];
        return {
            metricIntervalLowerBound: String(cpuPercent - from),
            metricIntervalUpperBound: next && String(next.cpuPercent - from),
            scalingAdjustment: add,
        };
    });
}
