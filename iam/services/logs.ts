import { any, inRegion, named } from "../scope";
import { AwsService, readInRegion } from "./actions";

/** CloudWatch Logs: log groups, by their names. */
export const LOGS: AwsService = {
    types: {
        "aws:cloudwatch/logGroup:LogGroup": {
            create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
            read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
            update: ["logs:DeleteRetentionPolicy"],
            delete: ["logs:DeleteLogGroup"],
            tag: ["logs:TagResource", "logs:UntagResource"],
        },
    },
    lookUps: {},
    rollouts: ["logs:GetLogEvents"],
    limits: [
        {
            sid: "OwnLogs",
            actions: [
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:DeleteRetentionPolicy",
                "logs:ListTagsForResource",
                "logs:PutRetentionPolicy",
                "logs:TagResource",
                "logs:UntagResource",
            ],
            on: named("logs", "log-group:PREFIX-*"),
        },
        readInRegion("logs:DescribeLogGroups"),
        // Of what AWS's services write to buckets: AWS knows no resource of them.
        { sid: "DeliverLogs", actions: ["logs:CreateLogDelivery", "logs:DeleteLogDelivery"], on: any, when: inRegion },
        // The last lines of a container that failed are told with the failure.
        { sid: "OwnLogEvents", actions: ["logs:GetLogEvents"], on: named("logs", "log-group:PREFIX-*:log-stream:*") },
    ],
};
