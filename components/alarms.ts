import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Event, messageTemplate } from "../model/alarm-events";
import type { Alarm } from "../model/alarms";
import { COMPONENT } from "../model/names";

type Text = pulumi.Input<string>;

export interface AlarmsArgs {
    /** What their names begin with; the deploy role knows alarms and rules by the stack's prefix. */
    readonly prefix: string;
    /** When each is on. Plain but for dimensions: decides how many resources there are. */
    readonly alarms: readonly Alarm<Text>[];
    /**
     * Events of AWS that are told or counted.
     *
     * @default none
     */
    readonly events?: readonly Event[];
    /** ARN of the topic that is told when an alarm goes on, and when it goes off. */
    readonly topicArn: Text;
    /**
     * Tags of alarms and rules.
     *
     * @default the provider's
     */
    readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Alarms about one thing: an alarm of CloudWatch for each threshold, and a rule of EventBridge for each kind of event.
 *
 * Cost: 0.10 USD a month for each metric that an alarm looks at; rules cost nothing.
 *
 * @example
 * ```ts
 * import { Alarms } from "./components/alarms";
 * import { loadBalancerAlarms } from "./model/alarms";
 *
 * new Alarms("load-balancer-alarms", {
 *     prefix: "shop-staging-load-balancer",
 *     alarms: loadBalancerAlarms({ loadBalancerErrorPercent: 5 }, "app/shop/0123456789abcdef"),
 *     topicArn: "arn:aws:sns:ap-northeast-2:123456789012:shop-staging-alarms",
 * });
 * ```
 */
export class Alarms extends pulumi.ComponentResource {
    /** Names of the alarms in CloudWatch, which exist where a name is known. */
    readonly names: readonly pulumi.Output<string>[];

    constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        const { prefix, alarms, events = [], topicArn, tags } = args;
        const thresholds = Object.fromEntries(alarms.map(({ key, threshold }) => [key, threshold]));
        super(COMPONENT.alarms, name, { thresholds, events: events.map(({ key }) => key) }, opts);

        for (const { key, description, pattern, message } of events) {
            const rule = new aws.cloudwatch.EventRule(
                `${name}-${key}`,
                { name: `${prefix}-${key}`, description, eventPattern: pulumi.jsonStringify(pattern), tags },
                { parent: this },
            );
            if (message !== undefined)
                new aws.cloudwatch.EventTarget(
                    `${name}-${key}`,
                    {
                        rule: rule.name,
                        arn: topicArn,
                        inputTransformer: { inputPaths: message.paths, inputTemplate: messageTemplate(message) },
                    },
                    { parent: this },
                );
        }
        this.names = alarms.map(
            ({ key, ...alarm }) =>
                new aws.cloudwatch.MetricAlarm(
                    `${name}-${key}`,
                    {
                        name: `${prefix}-${key}`,
                        alarmDescription: alarm.description,
                        ...watched(alarm),
                        comparisonOperator: "GreaterThanOrEqualToThreshold",
                        threshold: alarm.threshold,
                        evaluationPeriods: alarm.evaluationPeriods,
                        datapointsToAlarm: alarm.datapointsToAlarm,
                        treatMissingData: alarm.treatMissingData,
                        alarmActions: [topicArn],
                        okActions: [topicArn],
                        tags,
                    },
                    { parent: this },
                ).name,
        );
        this.registerOutputs({ names: this.names });
    }
}

/** The one metric, or several and what is made of them. */
function watched({ metrics, expression, periodSeconds: period, description }: Omit<Alarm<Text>, "key">) {
    const [[, only] = []] = Object.entries(metrics);
    if (expression === undefined && only !== undefined) return { ...only, period };
    return {
        metricQueries: [
            { id: "watched", expression, label: description, returnData: true },
            ...Object.entries(metrics).map(([id, { namespace, metricName, statistic: stat, dimensions }]) => ({
                ...{ id, metric: { namespace, metricName, stat, dimensions, period } },
            })),
        ],
    };
}
