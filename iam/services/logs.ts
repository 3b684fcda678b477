import { FIREWALL_LOGS } from "../../model/names";
import { named } from "../scope";
import { AwsService, readInRegion } from "./actions";

/** AWS names a log group with and without the end. */
const FIREWALLS = ["", ":*"];

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
            on: named("logs", "log-group:PREFIX-*", ...FIREWALLS.map(end => `log-group:${FIREWALL_LOGS}PREFIX${end}`)),
        },
        readInRegion("logs:DescribeLogGroups"),
        // The last lines of a container that failed are told with the failure.
        { sid: "OwnLogEvents", actions: ["logs:GetLogEvents"], on: named("logs", "log-group:PREFIX-*:log-stream:*") },
    ],
};
