import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Place } from "../iam/documents";
import { execPermissions } from "../iam/exec";
import type { Packed } from "../iam/packing";
import { executionPolicies, taskPolicies, taskProtection, tasksMayAssume } from "../iam/tasks";
import { repositoriesOf } from "../model/image-reference";
import { COMPONENT, Deployment, Purpose, logicalName, serviceName, roleName, sessionLogGroup, stackPrefix } from "../model/names";
import { containerDefinitions, sidecarsByName } from "../model/sidecars";
import type { TaskSettings } from "../settings";
import type { Egress } from "./group-rules";

export interface TaskArgs {
    /** Project and stack: names of the family, the roles and the log group begin with them. */
    readonly deployment: Deployment;
    /** Region and account that the task runs in. */
    readonly place: Place;
    /** The task's settings: `cpu` in CPU units, of which 1024 are a vCPU, `memoryMiB` in MiB. Plain: decides how many. */
    readonly task: TaskSettings;
    /** Seconds between SIGTERM and SIGKILL, at most 120. */
    readonly stopTimeoutSeconds: number;
    /** By digest. */
    readonly image: pulumi.Input<string>;
    /**
     * ARN of the ECR repository that holds the image. Plain or not: decides a statement, so its presence is plain.
     *
     * @default the image is public
     */
    readonly repositoryArn?: pulumi.Input<string>;
    /**
     * Images of the sidecars by digest, by how the settings name them. Plain: their repositories decide a statement.
     *
     * @default the settings name them by digest
     */
    readonly sidecarImages?: ReadonlyMap<string, string>;
    /** Days that CloudWatch Logs keeps log events: one of the numbers that `PutRetentionPolicy` takes. */
    readonly logRetentionDays: number;
    /**
     * ARN of the KMS key that its log group is under.
     *
     * @default CloudWatch's own key
     */
    readonly kmsKeyArn?: pulumi.Input<string>;
    /**
     * ARN of the IAM policy that is the permissions boundary of the roles.
     *
     * @default none
     */
    readonly permissionsBoundary?: string;
    /** No task definition changes before every image of the update is built. */
    readonly imagesReady: readonly pulumi.Resource[];
}

/** What a task is started with, by whatever keeps it running or starts it. */
export interface RunnerArgs extends Omit<TaskArgs, "task" | "stopTimeoutSeconds"> {
    /** Where tasks run. */
    readonly network: {
        /** Id of the VPC. */
        readonly vpcId: pulumi.Input<string>;
        /** Ids of the tasks' subnets; their tasks have no public address. */
        readonly privateSubnetIds: pulumi.Input<string[]>;
    };
    /** The ECS cluster, with the capacity providers `FARGATE` and `FARGATE_SPOT`. */
    readonly cluster: {
        /** ARN of the cluster. */
        readonly arn: pulumi.Input<string>;
    };
    /** Where tasks may go. */
    readonly egress: Egress;
    /** What must be there before a task starts: capacity providers, routes and endpoints. */
    readonly after: readonly pulumi.Resource[];
}

/**
 * What a task is: its definition, its log group, and the two roles that ECS and the application take.
 *
 * Cost: nothing; logs by what is written and kept.
 *
 * @example
 * ```ts
 * import { Task } from "./components/task";
 * import { readSettings } from "./settings";
 *
 * const settings = readSettings();
 * for (const service of settings.services) {
 *     new Task(`${service.name}-task`, {
 *         task: service,
 *         stopTimeoutSeconds: 30,
 *         deployment: settings,
 *         place: { region: settings.region, account: "123456789012" },
 *         image: "public.ecr.aws/nginx/nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
 *         imagesReady: [],
 *         logRetentionDays: settings.logRetentionDays,
 *     });
 * }
 * ```
 */
export class Task extends pulumi.ComponentResource {
    /** ARN of the task definition, with its revision. */
    readonly definitionArn: pulumi.Output<string>;
    /** Name of the log group in CloudWatch Logs. */
    readonly logGroupName: pulumi.Output<string>;
    /** ARNs of the roles that whoever starts the task passes on. */
    readonly roleArns: readonly pulumi.Output<string>[];
    /** ECS may start a task when the roles may do what it needs. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: TaskArgs, opts?: pulumi.ComponentResourceOptions) {
        const { deployment, place } = args;
        const task = withImages(args.task, args.sidecarImages);
        // Without the image: children wait for the arguments, and roles and logs need not wait for a build.
        super(COMPONENT.task, name, { ...task, logRetentionDays: args.logRetentionDays }, opts);
        const tags = { service: task.name };
        const family = serviceName(deployment, task.name);

        const logs = new aws.cloudwatch.LogGroup(
            `${name}-logs`,
            { name: family, retentionInDays: args.logRetentionDays, kmsKeyId: args.kmsKeyArn, tags },
            { parent: this },
        );

        const role = (purpose: Purpose, { form, documents }: Packed<pulumi.Input<string>>) => {
            const iamRole = new aws.iam.Role(
                `${name}-${purpose}`,
                {
                    name: roleName(deployment, task.name, purpose),
                    assumeRolePolicy: pulumi.jsonStringify(tasksMayAssume(place)),
                    permissionsBoundary: args.permissionsBoundary,
                    tags,
                },
                { parent: this },
            );
            // Running tasks, and a rollback, need what the last revision needed: new policies come before the rollout, old ones go after it.
            const options = { parent: this, replaceOnChanges: ["policy"] };
            const policies = documents.map((document, index) => {
                const policy = pulumi.jsonStringify(document);
                if (form === "inline")
                    return new aws.iam.RolePolicy(`${name}-${purpose}`, { role: iamRole.name, policy }, options);
                const part = `${name}-${purpose}-${index + 1}`;
                const namePrefix = `${roleName(deployment, task.name, purpose)}-`;
                const { arn: policyArn } = new aws.iam.Policy(part, { namePrefix, policy, tags }, options);
                const attachment = { role: iamRole.name, policyArn };
                // The provider would detach the old policy first, since it could not tell it from a new one of the same name.
                return new aws.iam.RolePolicyAttachment(part, attachment, { parent: this, deleteBeforeReplace: false });
            });
            return { arn: iamRole.arn, policies };
        };
        const sidecars = sidecarsByName(task.sidecars).map(([, sidecar]) => sidecar);
        const execution = role(
            "execution",
            executionPolicies({
                ...place,
                repositoryArn: args.repositoryArn,
                logGroup: family,
                sidecarRepositoryArns: repositoriesOf(sidecars.map(({ image }) => image)),
                secretArns: [task, ...sidecars].flatMap(({ secrets }) => Object.values(secrets)),
                environmentFiles: [task, ...sidecars].flatMap(({ environmentFiles }) => environmentFiles ?? []),
            }),
        );
        const permissions = [
            ...task.permissions,
            ...(task.taskProtection ? [taskProtection(place, stackPrefix(deployment))] : []),
            ...(task.exec ? execPermissions(place, sessionLogGroup(deployment)) : []),
        ];
        const application = permissions.length === 0 ? undefined : role("task", taskPolicies(permissions));

        const definition = new aws.ecs.TaskDefinition(
            logicalName.taskDefinition(name),
            {
                family,
                requiresCompatibilities: ["FARGATE"],
                networkMode: "awsvpc",
                cpu: String(task.cpu),
                memory: String(task.memoryMiB),
                ephemeralStorage: task.ephemeralGiB === undefined ? undefined : { sizeInGib: task.ephemeralGiB },
                runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: task.architecture.toUpperCase() },
                executionRoleArn: execution.arn,
                taskRoleArn: application?.arn,
                containerDefinitions: pulumi.jsonStringify(
                    containerDefinitions({
                        ...task,
                        image: args.image,
                        stopTimeoutSeconds: args.stopTimeoutSeconds,
                        logGroup: family,
                        region: place.region,
                    }),
                ),
                tags,
            },
            { parent: this, dependsOn: [...args.imagesReady] },
        );

        this.definitionArn = definition.arn;
        this.logGroupName = logs.name;
        this.roleArns = [execution.arn, ...(application ? [application.arn] : [])];
        this.ready = [logs, ...execution.policies, ...(application?.policies ?? [])];
        this.registerOutputs({ definitionArn: this.definitionArn, logGroupName: this.logGroupName });
    }
}

/** The task with its sidecars' images by digest. */
function withImages(task: TaskSettings, digests: TaskArgs["sidecarImages"]): TaskSettings {
    if (task.sidecars === undefined) return task;
    const sidecars = sidecarsByName(task.sidecars).map(([name, one]) => [
        name,
        { ...one, image: digests?.get(one.image) ?? one.image },
    ]);
    return { ...task, sidecars: Object.fromEntries(sidecars) as TaskSettings["sidecars"] };
}
