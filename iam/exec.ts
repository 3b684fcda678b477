import { partitionOf } from "../model/partitions";
import type { Place } from "./documents";
import type { Permission } from "./tasks";

/** What the agent of ECS Exec speaks through. They know no resource (service authorization reference, Amazon Session Manager Message Gateway Service). */
export const SESSION_CHANNELS: Permission = {
    actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
};

/** What the agent does in the log group of sessions, which is not to be told from what the application does: both have the task's role. */
export const SESSION_LOGGING: readonly string[] = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];

/**
 * What the agent of ECS Exec needs of the task's role: its way to Session Manager, and to the log group of sessions, which it looks for first (Amazon
 * ECS developer guide, "IAM permissions required for ECS Exec" and "for Amazon CloudWatch Logs").
 */
export function execPermissions(place: Place, logGroup: string): Permission[] {
    return [
        SESSION_CHANNELS,
        { actions: ["logs:DescribeLogGroups"], resources: [anyLogGroup(place)] },
        { actions: SESSION_LOGGING, resources: [`${logGroups(place)}:${logGroup}:*`] },
    ];
}

/** AWS authorizes the look-up on a log group without a name. */
export function anyLogGroup(place: Place): string {
    return `${logGroups(place)}:*`;
}

function logGroups({ region, account }: Place): string {
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group`;
}
