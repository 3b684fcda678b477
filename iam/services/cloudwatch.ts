import { Scope, named } from "../scope";
import { stackPrefix } from "../../model/names";
import { partitionOf } from "../../model/partitions";
import { AwsService, readInRegion } from "./actions";

const alarms = named("cloudwatch", "alarm:PREFIX-*");

/** Alarms and dashboards, by their names. Those that Application Auto Scaling makes are in autoscaling.ts. */
export const CLOUDWATCH: AwsService = {
    types: {
        "aws:cloudwatch/dashboard:Dashboard": {
            create: ["cloudwatch:PutDashboard"],
            read: ["cloudwatch:GetDashboard"],
            update: [],
            delete: ["cloudwatch:DeleteDashboards"],
            tag: [],
        },
        "aws:cloudwatch/metricAlarm:MetricAlarm": {
            create: ["cloudwatch:PutMetricAlarm"],
            read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
            update: [],
            delete: ["cloudwatch:DeleteAlarms"],
            tag: ["cloudwatch:TagResource", "cloudwatch:UntagResource"],
        },
    },
    lookUps: {},
    // How much of a quota is in use.
    preflight: ["cloudwatch:GetMetricStatistics"],
    limits: [
        {
            sid: "OwnDashboard",
            actions: ["cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard", "cloudwatch:PutDashboard"],
            on: dashboards,
        },
        {
            sid: "OwnAlarms",
            actions: [
                "cloudwatch:DeleteAlarms",
                "cloudwatch:ListTagsForResource",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
            ],
            on: alarms,
        },
        {
            // They tell a topic, and stop no instance (CloudWatch user guide, "Using condition keys to limit alarm actions").
            sid: "PutOwnAlarms",
            actions: ["cloudwatch:PutMetricAlarm"],
            on: alarms,
            when: ({ region }) => ({
                "ForAllValues:StringLike": { "cloudwatch:AlarmActions": `arn:${partitionOf(region)}:sns:*` },
            }),
        },
        // AWS authorizes it on all alarms, whichever are asked for (CloudWatch user guide, permissions reference).
        readInRegion("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricStatistics"),
    ],
};

/** They are in no region. */
function dashboards({ project, stacks, region, account }: Scope): string[] {
    return stacks.map(stack => `arn:${partitionOf(region)}:cloudwatch::${account}:dashboard/${stackPrefix({ project, stack })}`);
}
