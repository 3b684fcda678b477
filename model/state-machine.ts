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
    /** Whether the task has further containers. Plain: decides the states. */
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

/** Names of those that look at a task of several containers. */
const JUDGED = {
    attempt: "Attempt",
    hasEnded: "HasEnded",
    task: "ReadTask",
    exit: "ReadExitCode",
    isDone: "IsDone",
    done: "Done",
    failed: "Failed",
};

/**
 * A run in Amazon States Language. `.sync` waits until the task has ended and fails where its container does; where its time is over, Step Functions
 * stops the task (developer guide, "Run a Job (.sync)").
 */
export function stateMachine<Text>(args: RunArgs<Text>): object {
    const { parallel } = args;
    if (parallel === 1) return oneTask(args);
    const [indices, all] = ["Indices", "All"];
    return {
        StartAt: indices,
        States: {
            [indices]: { Type: "Pass", Result: Array.from({ length: parallel }, (_, index) => String(index)), Next: all },
            [all]: {
                Type: "Map",
                ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...oneTask(args) },
                End: true,
            },
        },
    };
}

/** A task, with its further attempts. */
function oneTask<Text>(args: RunArgs<Text>): object {
    if (!args.hasSidecars) return { StartAt: RUN, States: { [RUN]: { ...attempt(args), ...retry(args), End: true } } };
    const branch = { StartAt: RUN, States: judged(args) };
    return {
        StartAt: JUDGED.attempt,
        States: { [JUDGED.attempt]: { Type: "Parallel", Branches: [branch], ...retry(args), End: true } },
    };
}

/**
 * `.sync` takes a task for failed where any container did not end with 0, also one that is not essential and was stopped with the task, as most
 * programs end by 143 then (wellcomecollection/catalogue-pipeline#3377). The error's cause is the task as ECS describes it: the job's own container says
 * whether it has failed, as it does where somebody runs the job by hand (`task-run.ts`).
 */
function judged<Text>(args: RunArgs<Text>): object {
    const stopCode = { Variable: "$.task.StopCode", StringEquals: "EssentialContainerExited" };
    const exitCode = "$.exitCodes[0]";
    return {
        [RUN]: { ...attempt(args), Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: JUDGED.hasEnded }], End: true },
        // The name stands for nearly every error; this cause for a task alone.
        [JUDGED.hasEnded]: {
            Type: "Choice",
            Choices: [{ Variable: "$.Cause", StringMatches: "{*", Next: JUDGED.task }],
            Default: JUDGED.failed,
        },
        [JUDGED.task]: {
            Type: "Pass",
            Parameters: { "Error.$": "$.Error", "Cause.$": "$.Cause", "task.$": "States.StringToJson($.Cause)" },
            Next: JUDGED.exit,
        },
        [JUDGED.exit]: {
            Type: "Pass",
            InputPath: `$.task.Containers[?(@.Name=='${args.container}')].ExitCode`,
            ResultPath: "$.exitCodes",
            Next: JUDGED.isDone,
        },
        [JUDGED.isDone]: {
            Type: "Choice",
            Choices: [
                {
                    And: [stopCode, { Variable: exitCode, IsPresent: true }, { Variable: exitCode, NumericEquals: 0 }],
                    Next: JUDGED.done,
                },
            ],
            Default: JUDGED.failed,
        },
        [JUDGED.done]: { Type: "Succeed" },
        [JUDGED.failed]: { Type: "Fail", ErrorPath: "$.Error", CausePath: "$.Cause" },
    };
}

function retry({ retries }: RunArgs<unknown>): object {
    if (retries === 0) return {};
    const { first: IntervalSeconds, longest: MaxDelaySeconds } = RETRY_WAIT;
    return {
        Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: retries, IntervalSeconds, BackoffRate: 2, MaxDelaySeconds }],
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
