import { named } from "../scope";
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
    ],
};
