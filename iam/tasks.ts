import { partitionOf, viaService } from "../model/partitions";
import { Place, PolicyDocument, Statement, policy } from "./documents";
import { Packed, carried, policySize } from "./packing";

/** ECS tasks of this account and region may take the role, and nobody in whose name ECS might be asked to act (confused deputy). */
export function tasksMayAssume(place: Place): PolicyDocument {
    return policy({
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: {
            StringEquals: { "aws:SourceAccount": place.account },
            ArnLike: { "aws:SourceArn": `arn:${partitionOf(place.region)}:ecs:${place.region}:${place.account}:*` },
        },
    });
}

export interface ExecutionNeeds<Text> extends Place {
    /** The ECR repository that holds the image; absent for a public image. */
    readonly repositoryArn?: Text;
    /**
     * ARNs of the ECR repositories that hold the sidecars' images.
     *
     * @default none
     */
    readonly sidecarRepositoryArns?: readonly string[];
    readonly logGroup: string;
    readonly secretArns: readonly string[];
    /**
     * ARNs of files in S3 with variables.
     *
     * @default none
     */
    readonly environmentFiles?: readonly string[];
}

/** What ECS itself may do to start the task: pull these images, write to this log group, read these secrets. */
export function executionPolicy<Text>(needs: ExecutionNeeds<Text>): PolicyDocument<Text | string> {
    const secrets = needs.secretArns.map(bareSecretArn);
    const inSecretsManager = unique(secrets.filter(isSecretsManager));
    const inParameterStore = unique(secrets.filter(arn => !isSecretsManager(arn)));
    return policy<Text | string>(
        ...pull([...(needs.repositoryArn === undefined ? [] : [needs.repositoryArn]), ...(needs.sidecarRepositoryArns ?? [])]),
        {
            Sid: "WriteLogs",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: [
                `arn:${partitionOf(needs.region)}:logs:${needs.region}:${needs.account}:log-group:${needs.logGroup}:log-stream:*`,
            ],
        },
        ...read("ReadSecrets", "secretsmanager:GetSecretValue", inSecretsManager),
        ...read("ReadParameters", "ssm:GetParameters", inParameterStore),
        ...decrypt("DecryptSecrets", "SecretARN", inSecretsManager),
        ...decrypt("DecryptParameters", "PARAMETER_ARN", inParameterStore),
        ...readFiles(needs.environmentFiles ?? []),
    );
}

/** ECS asks where a bucket is before it reads of it (Amazon ECS developer guide, "Pass an environment variable file", required IAM permissions). */
function readFiles(arns: readonly string[]): Statement[] {
    return [
        ...read("ReadEnvironmentFiles", "s3:GetObject", unique(arns)),
        ...read("FindEnvironmentFiles", "s3:GetBucketLocation", unique(arns.map(arn => arn.split("/", 1)[0] ?? ""))),
    ];
}

/** The same, in the form that a role can carry. */
export function executionPolicies<Text>(needs: ExecutionNeeds<Text>): Packed<Text | string> {
    // A repository whose ARN is still to come is the stack's own: the form must not depend on who knows it when.
    return carried(executionPolicy(needs), document => policySize(document, ownRepositoryArn(needs)));
}

/** The repository that a stack makes for a service has the log group's name. */
export function ownRepositoryArn({
    region,
    account,
    logGroup,
}: Pick<ExecutionNeeds<never>, "region" | "account" | "logGroup">): string {
    return `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${logGroup}`;
}

export interface Permission {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
}

/**
 * An application that protects its own task from being stopped: of the stack's cluster, since no task knows its ARN before it runs. The agent on
 * Fargate makes the calls (Amazon ECS developer guide, "Task scale-in protection endpoint"): they need no way to ECS.
 */
export function taskProtection({ region, account }: Place, cluster: string): Permission {
    return {
        actions: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
        resources: [`arn:${partitionOf(region)}:ecs:${region}:${account}:task/${cluster}/*`],
    };
}

/** What the application may do: what was asked for. */
export function taskPolicy(permissions: readonly Permission[]): PolicyDocument {
    return policy(
        ...permissions.map(({ actions, resources }) => ({ Effect: "Allow" as const, Action: actions, Resource: resources })),
    );
}

/** The same, in the form that a role can carry. */
export function taskPolicies(permissions: readonly Permission[]): Packed<string> {
    return carried(taskPolicy(permissions));
}

function pull<Text>(repositoryArns: readonly Text[]): Statement<Text | string>[] {
    if (repositoryArns.length === 0) return [];
    return [
        // The one ECR action that knows no resource (service authorization reference, Amazon ECR).
        { Sid: "LogInToRegistry", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
        {
            Sid: "PullImage",
            Effect: "Allow",
            Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resource: [...new Set(repositoryArns)],
        },
    ];
}

function read(sid: string, action: string, arns: readonly string[]): Statement[] {
    return arns.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: [action], Resource: arns }];
}

/**
 * Whatever key beside them these secrets are under, and for them alone: the encryption context of a secret is its ARN
 * (Secrets Manager and SSM user guides).
 */
function decrypt(sid: string, context: string, arns: readonly string[]): Statement[] {
    if (arns.length === 0) return [];
    const homes = arns.map(arn => {
        const [, partition = "", service = "", region = "", account = ""] = arn.split(":");
        return { keys: `arn:${partition}:kms:${region}:${account}:key/*`, via: viaService(service, region) };
    });
    return [
        {
            Sid: sid,
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: unique(homes.map(({ keys }) => keys)),
            Condition: {
                StringEquals: {
                    "kms:ViaService": unique(homes.flatMap(({ via }) => via)),
                    [`kms:EncryptionContext:${context}`]: arns,
                },
            },
        },
    ];
}

/** A Secrets Manager ARN without the JSON key, stage and version that a task definition may put behind it. */
function bareSecretArn(arn: string): string {
    return isSecretsManager(arn) ? arn.split(":").slice(0, 7).join(":") : arn;
}

function isSecretsManager(arn: string): boolean {
    return arn.split(":")[2] === "secretsmanager";
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}
