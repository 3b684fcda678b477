import { partitionOf } from "./partitions";

/** What a run of a job is: a task, or several at once, with their time and their further attempts. */
export interface RunArgs<Text> {
    readonly region: string;
    readonly clusterArn: Text;
    readonly taskDefinitionArn: Text;
    /** Name of the container in the task definition. */
    readonly container: string;
    readonly subnetIds: Text;
    readonly securityGroupId: Text;
    /** Of one attempt, from the request to start it. */
    readonly timeoutMinutes: number;
    readonly retries: number;
    readonly parallel: number;
    readonly spot: boolean;
    /** Whether other containers run beside it, whose exit codes tell nothing of the work. */
    readonly hasSidecars: boolean;
}

/** What each of several tasks is told, as variables. */
export const INDEX_VARIABLE = "JOB_INDEX";
export const COUNT_VARIABLE = "JOB_COUNT";

/** Seconds before another attempt: twice as long each time, up to the second number. */
const RETRY_WAIT = { first: 30, longest: 600 };

/** The most that the waits between attempts come to. */
export function retryWaitMinutes(retries: number): number {
    const waits = Array.from({ length: retries }, (_, index) => Math.min(RETRY_WAIT.longest, RETRY_WAIT.first * 2 ** index));
    return Math.ceil(waits.reduce((sum, wait) => sum + wait, 0) / 60);
}

/** Name of the state that runs a task. */
const RUN = "Run";

/**
 * A run in Amazon States Language. `.sync` waits until the task has ended and fails where a container does; where its time is over, Step Functions
 * stops the task (developer guide, "Run a Job (.sync)").
 */
export function stateMachine<Text>(args: RunArgs<Text>): object {
    const { parallel } = args;
    if (parallel === 1) return attempts(args);
    const [indices, all] = ["Indices", "All"];
    return {
        StartAt: indices,
        States: {
            [indices]: { Type: "Pass", Result: Array.from({ length: parallel }, (_, index) => String(index)), Next: all },
            [all]: {
                Type: "Map",
                ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...attempts(args) },
                End: true,
            },
        },
    };
}

/** A task, and others in its place where it fails. */
function attempts<Text>(args: RunArgs<Text>): object {
    const retry = args.retries > 0 && {
        Retry: [
            {
                ErrorEquals: ["States.ALL"],
                MaxAttempts: args.retries,
                IntervalSeconds: RETRY_WAIT.first,
                BackoffRate: 2,
                MaxDelaySeconds: RETRY_WAIT.longest,
            },
        ],
    };
    if (!args.hasSidecars) return { StartAt: RUN, States: { [RUN]: { ...attempt(args), ...retry, End: true } } };
    const each = "Attempts";
    return { StartAt: each, States: { [each]: { Type: "Parallel", Branches: [judged(args)], ...retry, End: true } } };
}

/**
 * A task that has failed where its own container has: `.sync` takes the exit code of any container, also that of a sidecar which is stopped after the
 * work is done, and for most programs that is 143 or 137. What ECS says of the task is the cause of the error, as JSON.
 */
function judged<Text>(args: RunArgs<Text>): object {
    const [failure, task, own, verdict, good, failed] = ["Failure", "Task", "Own", "Verdict", "Succeeded", "Failed"];
    return {
        StartAt: RUN,
        States: {
            [RUN]: { ...attempt(args), Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: failure }], End: true },
            // Where there was no task, it is a sentence.
            [failure]: { Type: "Choice", Choices: [{ Variable: "$.Cause", StringMatches: "{*", Next: task }], Default: failed },
            [task]: { Type: "Pass", Parameters: { "Cause.$": "$.Cause", "Task.$": "States.StringToJson($.Cause)" }, Next: own },
            [own]: {
                Type: "Pass",
                Parameters: {
                    "Cause.$": "$.Cause",
                    "Task.$": "$.Task",
                    "Own.$": `$.Task.Containers[?(@.Name == '${args.container}')]`,
                },
                Next: verdict,
            },
            [verdict]: {
                Type: "Choice",
                Choices: [
                    {
                        And: [
                            { Variable: "$.Task.StopCode", IsPresent: true },
                            { Variable: "$.Task.StopCode", StringEquals: "EssentialContainerExited" },
                            { Variable: "$.Own[0].ExitCode", IsPresent: true },
                            { Variable: "$.Own[0].ExitCode", NumericEquals: 0 },
                        ],
                        Next: good,
                    },
                ],
                Default: failed,
            },
            [good]: { Type: "Succeed" },
            [failed]: { Type: "Fail", Error: "TaskFailed", CausePath: "$.Cause" },
        },
    };
}

function attempt<Text>(args: RunArgs<Text>): object {
    const { parallel, spot } = args;
    return {
        Type: "Task",
        Resource: `arn:${partitionOf(args.region)}:states:::ecs:runTask.sync`,
        Parameters: {
            Cluster: args.clusterArn,
            TaskDefinition: args.taskDefinitionArn,
            ...(spot
                ? { CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }] }
                : { LaunchType: "FARGATE" }),
            PlatformVersion: "LATEST",
            NetworkConfiguration: {
                AwsvpcConfiguration: {
                    Subnets: args.subnetIds,
                    SecurityGroups: [args.securityGroupId],
                    AssignPublicIp: "DISABLED",
                },
            },
            EnableECSManagedTags: true,
            PropagateTags: "TASK_DEFINITION",
            ...(parallel > 1 && {
                Overrides: {
                    ContainerOverrides: [
                        {
                            Name: args.container,
                            Environment: [
                                // The state's input is its index.
                                { Name: INDEX_VARIABLE, "Value.$": "$" },
                                { Name: COUNT_VARIABLE, Value: String(parallel) },
                            ],
                        },
                    ],
                },
            }),
        },
        TimeoutSeconds: args.timeoutMinutes * 60,
    };
}
