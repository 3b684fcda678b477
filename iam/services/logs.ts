import { FIREWALL_LOGS, INSIGHTS_LOGS } from "../../model/names";
import { any, inRegion, named } from "../scope";
import { AwsService, readInRegion } from "./actions";

/** AWS names a log group with and without the end. */
const ENDS = ["", ":*"];

const OWN_LOG_EVENTS = {
    sid: "OwnLogEvents",
    actions: ["logs:GetLogEvents"],
    on: named("logs", "log-group:PREFIX-*:log-stream:*"),
};

/** CloudWatch Logs: log groups, by their names. */
export const LOGS: AwsService = {
    types: {
        "aws:cloudwatch/logGroup:LogGroup": {
            create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
            read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
            update: ["logs:AssociateKmsKey", "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey"],
            delete: ["logs:DeleteLogGroup"],
            tag: ["logs:TagResource", "logs:UntagResource"],
        },
        "aws:cloudwatch/queryDefinition:QueryDefinition": {
            create: ["logs:PutQueryDefinition"],
            read: ["logs:DescribeQueryDefinitions"],
            update: [],
            delete: ["logs:DeleteQueryDefinition"],
            tag: [],
        },
    },
    lookUps: { "aws:cloudwatch/getLogGroups:getLogGroups": ["logs:DescribeLogGroups"] },
    rollouts: ["logs:GetLogEvents"],
    limits: [
        {
            sid: "OwnLogs",
            actions: [
                "logs:AssociateKmsKey",
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:DeleteRetentionPolicy",
                "logs:DisassociateKmsKey",
                "logs:ListTagsForResource",
                "logs:PutRetentionPolicy",
                "logs:TagResource",
                "logs:UntagResource",
            ],
            on: named(
                "logs",
                "log-group:PREFIX-*",
                ...[`${FIREWALL_LOGS}PREFIX`, `${INSIGHTS_LOGS}PREFIX/performance`].flatMap(name =>
                    ENDS.map(end => `log-group:${name}${end}`),
                ),
            ),
        },
        readInRegion("logs:DescribeLogGroups", "logs:DescribeQueryDefinitions"),
        // AWS knows no resource of them. They hold questions, and nothing of the answers.
        { sid: "SavedQueries", actions: ["logs:DeleteQueryDefinition", "logs:PutQueryDefinition"], on: any, when: inRegion },
        // Of what AWS's services write to buckets: AWS knows no resource of them.
        { sid: "DeliverLogs", actions: ["logs:CreateLogDelivery", "logs:DeleteLogDelivery"], on: any, when: inRegion },
        // The last lines of a container that failed are told with the failure.
        OWN_LOG_EVENTS,
    ],
    looks: [
        {
            sid: "ReadLogs",
            actions: ["logs:DescribeLogStreams", "logs:FilterLogEvents"],
            on: named("logs", "log-group:PREFIX-*"),
        },
        OWN_LOG_EVENTS,
    ],
};
