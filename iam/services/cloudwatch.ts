import { named } from "../scope";
import type { AwsService } from "./actions";

/** Alarms, by their names. Those that Application Auto Scaling makes are in autoscaling.ts. */
export const CLOUDWATCH: AwsService = {
    types: {
        "aws:cloudwatch/metricAlarm:MetricAlarm": {
            create: ["cloudwatch:PutMetricAlarm"],
            read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
            update: [],
            delete: ["cloudwatch:DeleteAlarms"],
            tag: ["cloudwatch:TagResource", "cloudwatch:UntagResource"],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnAlarms",
            actions: [
                "cloudwatch:DeleteAlarms",
                "cloudwatch:DescribeAlarms",
                "cloudwatch:ListTagsForResource",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
            ],
            on: named("cloudwatch", "alarm:PREFIX-*"),
        },
    ],
};
