import { Scope, named } from "../scope";
import { stackPrefix } from "../../model/names";
import { partitionOf } from "../../model/partitions";
import type { AwsService } from "./actions";

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

/** They are in no region. */
function dashboards({ project, stacks, region, account }: Scope): string[] {
    return stacks.map(stack => `arn:${partitionOf(region)}:cloudwatch::${account}:dashboard/${stackPrefix({ project, stack })}`);
}
