import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { ListTasksCommandOutput, Task } from "@aws-sdk/client-ecs";
import type { Clients } from "../../../lookups/aws-clients";
import type { Connection } from "../../../lookups/aws-connection";

/** A task that is paid for now: of a service, a job or a release. */
export interface RunningTask {
    /** Name of its task definition, without the revision. */
    readonly family: string;
    /** Absent where ECS does not say. */
    readonly vcpu?: number;
    readonly memoryGb?: number;
    readonly storageGb?: number;
    readonly isOnSpot: boolean;
}

export interface AlarmNow {
    readonly name: string;
    readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
    readonly reason: string;
    /** Since when. */
    readonly since?: Date;
}

/** What a container wrote last. */
export interface LastWrite {
    /** Id of the task. */
    readonly task: string;
    readonly at: Date;
}

/** What DescribeTasks and DescribeAlarms tell at a time. */
const AT_ONCE = 100;

/** All tasks of a cluster that run or start. */
export async function runningTasks({ ecs }: Clients, cluster: string, abortSignal: AbortSignal): Promise<RunningTask[]> {
    const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
    const found: RunningTask[] = [];
    let nextToken: string | undefined;
    do {
        const list = new ListTasksCommand({ cluster, desiredStatus: "RUNNING", maxResults: AT_ONCE, nextToken });
        const answer: ListTasksCommandOutput = await ecs.send(list, { abortSignal });
        const { taskArns = [] } = answer;
        if (taskArns.length > 0) {
            const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), { abortSignal });
            // Fargate charges from the pull of the image on.
            found.push(...tasks.filter(({ lastStatus }) => lastStatus !== "PROVISIONING").map(taskOf));
        }
        ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return found;
}

function taskOf({ taskDefinitionArn = "", cpu, memory, ephemeralStorage, capacityProviderName }: Task): RunningTask {
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text) / 1024);
    return {
        family: taskDefinitionArn.replace(/^.*\/|:\d+$/g, ""),
        vcpu: number(cpu),
        memoryGb: number(memory),
        storageGb: ephemeralStorage?.sizeInGiB,
        isOnSpot: capacityProviderName === "FARGATE_SPOT",
    };
}

/** What CloudWatch says of alarms, by their names. */
export async function alarmsNow({ at }: Connection, names: readonly string[], abortSignal: AbortSignal): Promise<AlarmNow[]> {
    if (names.length === 0) return [];
    const { CloudWatchClient, DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
    const client = new CloudWatchClient(at("cloudwatch"));
    const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, index) =>
        names.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    const answers = await Promise.all(
        parts.map(part =>
            client.send(
                new DescribeAlarmsCommand({
                    AlarmNames: part,
                    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
                    MaxRecords: AT_ONCE,
                }),
                { abortSignal },
            ),
        ),
    );
    return answers.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) => [...MetricAlarms, ...CompositeAlarms].map(alarmOf));
}

function alarmOf(alarm: Pick<MetricAlarm, "AlarmName" | "StateValue" | "StateReason" | "StateUpdatedTimestamp">): AlarmNow {
    return {
        name: alarm.AlarmName ?? "",
        state: alarm.StateValue ?? "INSUFFICIENT_DATA",
        reason: alarm.StateReason ?? "",
        since: alarm.StateUpdatedTimestamp,
    };
}

/** The newest stream of a log group, which tells when a job ran last; undefined where none ever wrote. */
export async function lastWrite(
    { logs }: Clients,
    logGroupName: string,
    abortSignal: AbortSignal,
): Promise<LastWrite | undefined> {
    const { DescribeLogStreamsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const command = new DescribeLogStreamsCommand({ logGroupName, orderBy: "LastEventTime", descending: true, limit: 1 });
    const { logStreams: [newest] = [] } = await logs.send(command, { abortSignal });
    const time = newest?.lastEventTimestamp ?? newest?.firstEventTimestamp;
    if (time === undefined) return undefined;
    return { task: newest?.logStreamName?.split("/").at(-1) ?? "", at: new Date(time) };
}
