import { PolicyDocument, policy } from "./documents";
import { SESSION_CHANNELS, anyLogGroup } from "./exec";
import { Permission } from "./tasks";
import { ECS_EVENTS_RULE } from "./jobs";
import { Scope, here, named, sharedRepositories, taskRoles } from "./scope";
import type { StateStore } from "./state";
import { secretName } from "../model/names";
import { partitionOf, viaService } from "../model/partitions";
import { TRACING_PERMISSION } from "../model/tracing";

/**
 * The most that any role of a stack's tasks can do, whatever its own policies say: start the stack's tasks, and what `permissions` names. Whoever may
 * deploy may write such policies, and run code under them; without a boundary that would be the way to everything else in the account.
 */
export function boundaryPolicy<Text>(
    scope: Scope,
    { bucketArn, keyArn }: StateStore<Text>,
    permissions: readonly Permission[],
): PolicyDocument<Text | string> {
    const { region, account } = scope;
    return policy<Text | string>(
        { Sid: "LogInToRegistry", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
        {
            Sid: "PullImages",
            Effect: "Allow",
            Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resource: [...named("ecr", "repository/PREFIX-*")(scope), ...sharedRepositories(scope)],
        },
        {
            Sid: "WriteLogs",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: named("logs", "log-group:PREFIX-*")(scope),
        },
        {
            Sid: "ReadSecrets",
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue"],
            Resource: secretsOf(scope),
        },
        {
            Sid: "ReadParameters",
            Effect: "Allow",
            Action: ["ssm:GetParameters"],
            Resource: parametersOf(scope),
        },
        {
            // Only what the two services decrypt for a secret that may be read.
            Sid: "DecryptSecrets",
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: [`arn:${partitionOf(region)}:kms:${region}:${account}:key/*`],
            Condition: {
                StringEquals: {
                    "kms:ViaService": [...viaService("secretsmanager", region), ...viaService("ssm", region)],
                },
            },
        },
        {
            Sid: "ProtectTasks",
            Effect: "Allow",
            Action: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
            Resource: named("ecs", "task/PREFIX/*")(scope),
        },
        // ECS Exec, of a service that says so.
        { Sid: "OpenSessions", Effect: "Allow", Action: SESSION_CHANNELS.actions, Resource: SESSION_CHANNELS.resources },
        { Sid: "FindSessionLogs", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: [anyLogGroup(scope)] },
        { Sid: "SendTraces", Effect: "Allow", Action: TRACING_PERMISSION.actions, Resource: TRACING_PERMISSION.resources },
        ...permissions.map(({ actions, resources }) => ({ Effect: "Allow" as const, Action: actions, Resource: resources })),
        { Sid: "NeverAccess", Effect: "Deny", Action: ["iam:*", "organizations:*", "account:*"], Resource: ["*"] },
        { Sid: "NeverState", Effect: "Deny", Action: ["s3:*"], Resource: [bucketArn, `${bucketArn}/*`] },
        { Sid: "NeverStackSecrets", Effect: "Deny", Action: ["kms:*"], Resource: [keyArn] },
    );
}

/**
 * The most that any role that runs a stack's jobs can do: run the stack's tasks with their roles, and start that. It is no boundary of tasks, which
 * would else pass roles on.
 */
export function jobsBoundaryPolicy(scope: Scope): PolicyDocument {
    const clusters = named("ecs", "cluster/PREFIX")(scope);
    return policy(
        {
            Sid: "RunTasks",
            Effect: "Allow",
            Action: ["ecs:RunTask"],
            Resource: named("ecs", "task-definition/PREFIX-*:*")(scope),
            Condition: { StringEquals: { "ecs:cluster": clusters } },
        },
        {
            Sid: "WatchTasks",
            Effect: "Allow",
            Action: ["ecs:DescribeTasks", "ecs:StopTask", "ecs:TagResource"],
            Resource: named("ecs", "task/PREFIX/*")(scope),
        },
        {
            Sid: "PassRolesToTasks",
            Effect: "Allow",
            Action: ["iam:PassRole"],
            Resource: taskRoles(scope),
            Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
        {
            Sid: "HearOfTasks",
            Effect: "Allow",
            Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
            Resource: here("events", `rule/${ECS_EVENTS_RULE}`)(scope),
        },
        {
            Sid: "StartRuns",
            Effect: "Allow",
            Action: ["states:StartExecution"],
            Resource: named("states", "stateMachine:PREFIX-*")(scope),
        },
    );
}

/** Secrets of Secrets Manager that the stacks' tasks may read. */
export function secretsOf(scope: Scope): readonly string[] {
    return here("secretsmanager", ...inPath("secret:", scope))(scope);
}

/** Parameters of Parameter Store that the stacks' tasks may read. */
export function parametersOf(scope: Scope): readonly string[] {
    return here("ssm", ...inPath("parameter/", scope))(scope);
}

function inPath(path: string, { project, stacks }: Scope): string[] {
    return stacks.map(stack => `${path}${secretName({ project, stack }, "*")}`);
}
