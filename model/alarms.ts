import { UNHEALTHY_AFTER } from "./container";
import type { ServiceThresholds, StackThresholds, WatchedService } from "./alarm-thresholds";

/** A metric of CloudWatch, as an alarm asks for it. `Text` is a string, or whatever stands for one that is not known yet. */
export interface Metric<Text> {
    readonly namespace: string;
    readonly metricName: string;
    readonly statistic: "Average" | "Maximum" | "Sum" | "p99";
    readonly dimensions: Readonly<Record<string, Text>>;
}

/** An alarm that is on while enough values are at its threshold or above. */
export interface Alarm<Text> {
    /** The end of its name. */
    readonly key: string;
    /** As a sentence, for whoever is woken by it. */
    readonly description: string;
    /** By the name that the expression has for them. */
    readonly metrics: Readonly<Record<string, Metric<Text>>>;
    /** In CloudWatch's metric math. @default the one metric */
    readonly expression?: string;
    readonly threshold: number;
    readonly periodSeconds: number;
    /** Of so many of the last values (N) … */
    readonly evaluationPeriods: number;
    /** … so many must be at the threshold (M). */
    readonly datapointsToAlarm: number;
    readonly treatMissingData: "missing" | "notBreaching";
}

export const CONTAINER_INSIGHTS = "ECS/ContainerInsights";

/** Three minutes of five: one bad minute is none, and a fault that comes and goes is one. Ends a rollout soon enough to be worth it. */
const SOON = { periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 } as const;
const QUARTER_OF_AN_HOUR = { periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 } as const;

/** CloudWatch looks no further back, in periods of less than an hour (API reference, `PutMetricAlarm`). */
const DAY_OF_MINUTES = 24 * 60;

/** Every one of so many minutes. */
function minutes(count: number) {
    return { periodSeconds: 60, evaluationPeriods: count, datapointsToAlarm: count };
}

/** One error in a minute is no rate, however few requests there are. */
const FEWEST_ERRORS = 2;
/** Of fewer requests in a minute the slowest one is the percentile. */
const FEWEST_REQUESTS = 20;

/** How long ECS looks at these alarms when a rollout has brought all its tasks up, in seconds; none where it does not. */
export function bakeSeconds(thresholds: ServiceThresholds | undefined, rollbackOnAlarms: boolean | undefined): number {
    const { errorPercent, latencySeconds } = thresholds ?? {};
    if (rollbackOnAlarms !== true || (errorPercent ?? latencySeconds) === undefined) return 0;
    return SOON.evaluationPeriods * SOON.periodSeconds;
}

/** Names of what CloudWatch knows a load balancer by: `app/<name>/<id>`, and of a target group: `targetgroup/<name>/<id>`. */
export interface Front<Text> {
    readonly loadBalancer: Text;
    readonly targetGroup: Text;
}

/**
 * What those who use a service feel; a rollout that does this to them is taken back. Nothing is told where there is no request, or no error: that is no
 * fault, and it may be night.
 */
export function requestAlarms<Text>(
    name: string,
    { errorPercent, latencySeconds }: ServiceThresholds,
    { loadBalancer, targetGroup }: Front<Text>,
): Alarm<Text>[] {
    const ofTargets = elb({ LoadBalancer: loadBalancer, TargetGroup: targetGroup });
    const requests = ofTargets("RequestCount", "Sum");
    return [
        ...made(errorPercent, threshold => ({
            key: "errors",
            description: `${name} answers ${threshold} percent of requests or more with a server error (5xx), in 3 of 5 minutes`,
            metrics: { errors: ofTargets("HTTPCode_Target_5XX_Count", "Sum"), requests },
            expression: `IF(errors >= ${FEWEST_ERRORS}, 100 * errors / requests, 0)`,
            ...SOON,
            treatMissingData: "notBreaching",
        })),
        ...made(latencySeconds, threshold => ({
            key: "latency",
            description: `1 percent of the answers of ${name} take ${threshold} seconds or longer, in 3 of 5 minutes`,
            metrics: { latency: ofTargets("TargetResponseTime", "p99"), requests },
            expression: `IF(requests >= ${FEWEST_REQUESTS}, latency, 0)`,
            ...SOON,
            treatMissingData: "notBreaching",
        })),
    ];
}

/** Names that AWS knows a service's tasks by. */
export interface Tasks<Text> {
    readonly cluster: Text;
    readonly service: Text;
    /** Name of the rule of EventBridge that counts those that end. */
    readonly stopsRule: Text;
    /** @default no load balancer asks them */
    readonly front?: Front<Text>;
}

/** How a service's tasks are. */
export function taskAlarms<Text>(
    name: string,
    service: WatchedService,
    thresholds: ServiceThresholds,
    { cluster, service: serviceName, stopsRule, front }: Tasks<Text>,
): Alarm<Text>[] {
    const dimensions = { ClusterName: cluster, ServiceName: serviceName };
    const ofEcs = (metricName: string, statistic: Metric<Text>["statistic"]) => ({
        ...{ namespace: "AWS/ECS", metricName, statistic, dimensions },
    });
    const counted = (metricName: string): Metric<Text> => ({
        ...{ namespace: CONTAINER_INSIGHTS, metricName, statistic: "Average", dimensions },
    });
    const { intervalSeconds, gracePeriodSeconds } = service.health;
    // Longer than a task that never becomes healthy is left alone.
    const starting = Math.ceil((gracePeriodSeconds + UNHEALTHY_AFTER * intervalSeconds) / 60) + 3;
    const unhealthy = Math.min(Math.max(5, starting), DAY_OF_MINUTES);
    // AWS takes tasks on Spot back, and may need a while to find others.
    const missing = service.spotPercent > 0 ? 30 : 10;
    return [
        ...(front === undefined
            ? []
            : made(thresholds.unhealthyTargets, threshold => ({
                  key: "unhealthy",
                  description: `${tasksOf(threshold)} of ${name} or more fail the load balancer's check, for ${unhealthy} minutes`,
                  metrics: {
                      unhealthy: elb({ LoadBalancer: front.loadBalancer, TargetGroup: front.targetGroup })(
                          "UnHealthyHostCount",
                          "Maximum",
                      ),
                  },
                  ...minutes(unhealthy),
                  // Without a target there is none that fails.
                  treatMissingData: "notBreaching",
              }))),
        ...made(thresholds.missingTasks, threshold => ({
            key: "missing",
            description: `${name} runs ${tasksOf(threshold)} or more below what is desired, for ${missing} minutes`,
            metrics: { desired: counted("DesiredTaskCount"), running: counted("RunningTaskCount") },
            expression: "desired - FILL(running, 0)",
            ...minutes(missing),
            // Container Insights tells both all the time: without them nobody knows, which is not the same as well.
            treatMissingData: "missing",
        })),
        ...made(thresholds.stoppedTasks, threshold => ({
            key: "stops",
            description: `${tasksOf(threshold)} of ${name} or more ended by themselves or failed their checks within 15 minutes`,
            metrics: {
                ...{
                    stops: {
                        namespace: "AWS/Events",
                        metricName: "MatchedEvents",
                        statistic: "Sum",
                        dimensions: { RuleName: stopsRule },
                    },
                },
            },
            ...{ periodSeconds: 900, evaluationPeriods: 1, datapointsToAlarm: 1 },
            // EventBridge tells of events alone.
            treatMissingData: "notBreaching",
        })),
        ...made(thresholds.cpuPercent, threshold => ({
            key: "cpu",
            description: `${name} uses ${threshold} percent of its CPU or more, for 15 minutes`,
            metrics: { cpu: ofEcs("CPUUtilization", "Average") },
            ...QUARTER_OF_AN_HOUR,
            // A service that rests uses none.
            treatMissingData: "notBreaching",
        })),
        ...made(thresholds.memoryPercent, threshold => ({
            key: "memory",
            description: `A task of ${name} uses ${threshold} percent of its memory or more, for 5 minutes`,
            metrics: { memory: ofEcs("MemoryUtilization", "Maximum") },
            ...minutes(5),
            treatMissingData: "notBreaching",
        })),
    ];
}

/**
 * What the load balancer itself cannot do: reach a task, or wait for it. Requests are counted where a task was found for them, and errors where there
 * were any, so that each may be missing without the other.
 */
export function loadBalancerAlarms<Text>(thresholds: StackThresholds, loadBalancer: Text): Alarm<Text>[] {
    const ofAll = elb({ LoadBalancer: loadBalancer });
    return made(thresholds.loadBalancerErrorPercent, threshold => ({
        // No key of a service's: one may be called stack.
        key: "load-balancer",
        description: `The load balancer answers ${threshold} percent of requests or more itself with an error (5xx), in 3 of 5 minutes`,
        metrics: { errors: ofAll("HTTPCode_ELB_5XX_Count", "Sum"), requests: ofAll("RequestCount", "Sum") },
        expression: `IF(errors >= ${FEWEST_ERRORS}, 100 * errors / MAX([errors, FILL(requests, 0)]), 0)`,
        ...SOON,
        treatMissingData: "notBreaching",
    }));
}

function elb<Text>(dimensions: Readonly<Record<string, Text>>) {
    return (metricName: string, statistic: Metric<Text>["statistic"]): Metric<Text> => ({
        ...{ namespace: "AWS/ApplicationELB", metricName, statistic, dimensions },
    });
}

function made<Text>(threshold: number | undefined, alarm: (threshold: number) => Omit<Alarm<Text>, "threshold">): Alarm<Text>[] {
    return threshold === undefined ? [] : [{ ...alarm(threshold), threshold }];
}

function tasksOf(count: number): string {
    return count === 1 ? "1 task" : `${count} tasks`;
}
