import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { besideBoundary } from "../iam/names";
import { runPolicy, schedulesMayAssume, startPolicy, stateMachineMayAssume } from "../iam/jobs";
import { COMPONENT, JOB_ROLES, logicalName, roleName, serviceName, stackPrefix } from "../model/names";
import type { PolicyDocument } from "../iam/documents";
import { STOP_TIMEOUT } from "../model/rollout";
import { awsCron } from "../model/schedule";
import { stateMachine } from "../model/state-machine";
import type { JobSettings } from "../settings";
import { tasksGroup } from "./group-rules";
import { RunnerArgs, Task } from "./task";

export interface JobArgs extends RunnerArgs {
    /** The job's settings: of its tasks, and of when and how often they run. Plain: decides how many resources there are. */
    readonly job: JobSettings;
    /**
     * Releases of services that run the same image: runs that start meanwhile are as the job was before.
     *
     * @default none
     */
    readonly afterReleases?: readonly pulumi.Output<pulumi.Resource>[];
    /**
     * The topic that a failure is told.
     *
     * @default none: the alarm is seen in the console
     */
    readonly alarms?: {
        /** ARN of the topic. */
        readonly topicArn: pulumi.Input<string>;
    };
}

/** Seconds that EventBridge Scheduler tries to start a run for: one that is later than that is the next one's. */
const LATEST_START = 3600;

/** Seconds that a failure is seen for: until somebody looks, and until the next night's run. */
const SEEN_FOR = 24 * 3600;

/**
 * A task that runs and ends: on a schedule, or when somebody starts it. A state machine runs it, so that its time, its further attempts and what becomes
 * of it hold for the task, and not for its start alone.
 *
 * Cost: its tasks by CPU, memory and second; a run by the state transitions of Step Functions and a call of EventBridge Scheduler; one alarm.
 *
 * @example
 * ```ts
 * import { Cluster } from "./components/cluster";
 * import { Job } from "./components/job";
 * import { readSettings } from "./settings";
 *
 * const settings = readSettings();
 * const cluster = new Cluster("cluster", { clusterName: "shop-staging", containerInsights: "disabled" });
 * const job = {
 *     name: "nightly",
 *     command: ["npm", "run", "report"],
 *     cpu: 256,
 *     memoryMiB: 512,
 *     architecture: "arm64" as const,
 *     user: "65532",
 *     writablePaths: ["/tmp"],
 *     environment: {},
 *     secrets: {},
 *     permissions: [],
 *     schedule: { cron: "0 3 * * *", timeZone: "Asia/Seoul" },
 *     timeoutMinutes: 30,
 *     retries: 0,
 *     parallel: 1,
 *     spot: false,
 * };
 * new Job(job.name, {
 *     job,
 *     deployment: settings,
 *     place: { region: settings.region, account: "123456789012" },
 *     cluster,
 *     network: {
 *         vpcId: "vpc-0123456789abcdef0",
 *         privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *     },
 *     egress: { to: "internet" },
 *     image: "public.ecr.aws/nginx/nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
 *     imagesReady: [],
 *     logRetentionDays: settings.logRetentionDays,
 *     after: cluster.ready,
 * });
 * ```
 */
export class Job extends pulumi.ComponentResource {
    /** ARN of the task definition, with its revision. */
    readonly definitionArn: pulumi.Output<string>;
    /** Id of the tasks' security group. */
    readonly securityGroupId: pulumi.Output<string>;
    /** Name of the tasks' log group in CloudWatch Logs. */
    readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
        const { job, deployment, place, network } = args;
        const { schedule, timeoutMinutes, retries, parallel, spot } = job;
        const hasSidecars = Object.keys(job.sidecars ?? {}).length > 0;
        super(
            COMPONENT.job,
            name,
            {
                ...{ of: job.of, schedule, timeoutMinutes, retries, parallel, spot, egress: args.egress.to },
                ...(hasSidecars && { hasSidecars }),
            },
            opts,
        );
        const tags = { service: job.name };
        const physicalName = serviceName(deployment, job.name);

        const { group, rules } = tasksGroup(
            name,
            {
                vpcId: network.vpcId,
                tasksOf: job.name,
                deployment: args.deployment,
                egress: args.egress,
                outbound: job.outbound,
                tags,
            },
            this,
        );
        const task = new Task(
            logicalName.task(name),
            { ...args, task: job, stopTimeoutSeconds: STOP_TIMEOUT.longest },
            { parent: this },
        );

        const role = (taker: keyof typeof JOB_ROLES, mayAssume: PolicyDocument, policy: PolicyDocument<pulumi.Input<string>>) => {
            const iamRole = new aws.iam.Role(
                `${name}-${taker}`,
                {
                    name: roleName(deployment, job.name, taker),
                    assumeRolePolicy: pulumi.jsonStringify(mayAssume),
                    permissionsBoundary: args.permissionsBoundary && besideBoundary(args.permissionsBoundary, deployment),
                    tags,
                },
                { parent: this },
            );
            const allows = { role: iamRole.name, policy: pulumi.jsonStringify(policy) };
            return { arn: iamRole.arn, policy: new aws.iam.RolePolicy(`${name}-${taker}`, allows, { parent: this }) };
        };
        const runner = role(
            "workflow",
            stateMachineMayAssume(place, physicalName),
            runPolicy({ ...place, cluster: stackPrefix(deployment), family: physicalName, taskRoleArns: task.roleArns }),
        );

        const machine = new aws.sfn.StateMachine(
            `${name}-workflow`,
            {
                name: physicalName,
                type: "STANDARD",
                roleArn: runner.arn,
                definition: pulumi.jsonStringify(
                    stateMachine<pulumi.Input<string> | pulumi.Input<string[]>>({
                        ...{ timeoutMinutes, retries, parallel, spot, hasSidecars },
                        region: place.region,
                        hasSidecars: Object.keys(job.sidecars ?? {}).length > 0,
                        clusterArn: args.cluster.arn,
                        taskDefinitionArn: task.definitionArn,
                        container: job.name,
                        subnetIds: network.privateSubnetIds,
                        securityGroupId: group.id,
                    }),
                ),
                tags,
            },
            // A run that starts before any of it is there fails.
            { parent: this, dependsOn: [runner.policy, ...task.ready, ...rules, ...args.after, ...(args.afterReleases ?? [])] },
        );

        if (schedule !== undefined) {
            const starter = role("schedule", schedulesMayAssume(place), startPolicy(machine.arn));
            const { flexibleMinutes } = schedule;
            new aws.scheduler.Schedule(
                `${name}-schedule`,
                {
                    name: physicalName,
                    groupName: "default",
                    scheduleExpression: awsCron(schedule.cron),
                    scheduleExpressionTimezone: schedule.timeZone,
                    flexibleTimeWindow:
                        flexibleMinutes === undefined
                            ? { mode: "OFF" }
                            : { mode: "FLEXIBLE", maximumWindowInMinutes: flexibleMinutes },
                    target: {
                        arn: machine.arn,
                        roleArn: starter.arn,
                        input: "{}",
                        retryPolicy: { maximumEventAgeInSeconds: LATEST_START, maximumRetryAttempts: 185 },
                    },
                },
                { parent: this, dependsOn: [starter.policy] },
            );
        }

        // An attempt that is out of time fails its execution too: `ExecutionsTimedOut` counts what a machine's own time ends, and it has none.
        new aws.cloudwatch.MetricAlarm(
            `${name}-failed`,
            {
                name: `${physicalName}-failed`,
                alarmDescription: `A run of ${job.name} failed, or was out of time, within a day`,
                namespace: "AWS/States",
                metricName: "ExecutionsFailed",
                dimensions: { StateMachineArn: machine.arn },
                statistic: "Sum",
                period: SEEN_FOR,
                evaluationPeriods: 1,
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                threshold: 1,
                treatMissingData: "notBreaching",
                ...(args.alarms && { alarmActions: [args.alarms.topicArn] }),
                tags,
            },
            { parent: this },
        );

        this.definitionArn = task.definitionArn;
        this.securityGroupId = group.id;
        this.logGroupName = task.logGroupName;
        this.registerOutputs({
            definitionArn: this.definitionArn,
            securityGroupId: this.securityGroupId,
            logGroupName: this.logGroupName,
        });
    }
}
