import { Condition, ID_TO_COME, Limit, Scope, fresh, here, kept, named, own, unclaimed } from "../scope";
import { partitionOf } from "../../model/partitions";
import { AwsService, SERVICE_LINKED_ROLE, readInRegion } from "./actions";

const alarms = named("cloudwatch", "alarm:TargetTracking-service/PREFIX/*");

/** Application Auto Scaling: targets by their tags, and the alarms that it makes by their names. */
export const AUTOSCALING: AwsService = {
    types: {
        "aws:appautoscaling/policy:Policy": {
            // The alarms of target tracking are made in the caller's name (Application Auto Scaling user guide, identity-based policy examples).
            create: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
            read: ["application-autoscaling:DescribeScalingPolicies", "cloudwatch:DescribeAlarms"],
            update: [],
            delete: ["application-autoscaling:DeleteScalingPolicy", "cloudwatch:DeleteAlarms"],
            tag: [],
        },
        "aws:appautoscaling/scheduledAction:ScheduledAction": {
            create: ["application-autoscaling:PutScheduledAction"],
            read: ["application-autoscaling:DescribeScheduledActions"],
            update: [],
            delete: ["application-autoscaling:DeleteScheduledAction"],
            tag: [],
        },
        "aws:appautoscaling/target:Target": {
            create: ["application-autoscaling:RegisterScalableTarget", SERVICE_LINKED_ROLE],
            read: ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:ListTagsForResource"],
            update: [],
            delete: ["application-autoscaling:DeregisterScalableTarget"],
            tag: ["application-autoscaling:TagResource", "application-autoscaling:UntagResource"],
        },
    },
    lookUps: {},
    limits: [
        readInRegion(
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "application-autoscaling:DescribeScheduledActions",
        ),
        {
            sid: "OwnScaling",
            actions: [
                "application-autoscaling:DeleteScalingPolicy",
                "application-autoscaling:DeleteScheduledAction",
                "application-autoscaling:DeregisterScalableTarget",
                "application-autoscaling:PutScalingPolicy",
                "application-autoscaling:PutScheduledAction",
            ],
            on: scalingTargets("*"),
            when: ofServices(own),
        },
        {
            sid: "ChangeScaling",
            actions: ["application-autoscaling:RegisterScalableTarget"],
            on: scalingTargets("*"),
            when: ofServices(kept),
        },
        {
            // Of a service that the role may update: Application Auto Scaling asks ECS before it registers (user guide, permissions validation).
            sid: "NewScaling",
            actions: ["application-autoscaling:RegisterScalableTarget"],
            on: scalingTargets("*"),
            when: ofServices(unclaimed),
        },
        {
            sid: "ScalingTags",
            actions: ["application-autoscaling:ListTagsForResource", "application-autoscaling:UntagResource"],
            on: scalingTargets("*"),
            when: own,
        },
        { sid: "RetagScaling", actions: ["application-autoscaling:TagResource"], on: scalingTargets("*"), when: kept },
        { sid: "TagNewScaling", actions: ["application-autoscaling:TagResource"], on: scalingTargets(ID_TO_COME), when: fresh },
        {
            sid: "ScalingAlarms",
            actions: ["cloudwatch:DeleteAlarms"],
            on: alarms,
        },
        {
            sid: "PutScalingAlarms",
            actions: ["cloudwatch:PutMetricAlarm"],
            on: alarms,
            when: ({ region }) => ({
                "ForAllValues:StringLike": { "cloudwatch:AlarmActions": `arn:${partitionOf(region)}:autoscaling:*` },
            }),
        },
    ],
};

function scalingTargets(id: string): Limit["on"] {
    return here("application-autoscaling", `scalable-target/${id}`);
}

/** The number of an ECS service's tasks: their ARNs do not tell what scaling targets are of. */
function ofServices(when: (scope: Scope) => Condition): (scope: Scope) => Condition {
    return scope => {
        const condition = when(scope);
        const services = {
            "application-autoscaling:service-namespace": "ecs",
            "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
        };
        return { ...condition, StringEquals: { ...condition["StringEquals"], ...services } };
    };
}
