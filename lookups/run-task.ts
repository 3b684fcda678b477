import type { Task } from "@aws-sdk/client-ecs";
import { STOP_TIMEOUT } from "../model/rollout";
import { inWords } from "../model/rollout-wait";
import { DeclaredRun, Follower, RunOutcome, RunTask, RunVerdict, verdictOfRun } from "../model/task-run";
import type { Clients } from "./aws-clients";
import { obstacleOf } from "./aws-connection";
import { CLOCK, Clock, LONGEST_PAUSE, PATIENCE, mayPass, reasonOf } from "./rollout";
import { idOf, stoppedTask } from "./rollout-questions";
import { followLog } from "./task-log";

/** Between two looks, in seconds. */
const PAUSE = 2;
/** ECS has to tell Fargate, and Fargate to take the task down. */
const STOPPING_SECONDS = STOP_TIMEOUT.longest + 60;

const RIGHTS =
    "check credentials and the rights to ecs:RunTask, ecs:StopTask, ecs:DescribeTasks, logs:GetLogEvents, and to iam:PassRole on the task's roles";

/** Runs a task on Fargate to its end, on demand, so that no Spot interruption ends it. */
export function taskRunner(connect: () => Promise<Clients>, clock: Clock = CLOCK): RunTask {
    return async (declared, follower) => {
        let clients: Clients | undefined;
        try {
            clients = await connect();
            const task = await start(clients, declared);
            if (typeof task === "string") return unplaced(task, declared);
            return await follow(clients, declared, task, follower, clock);
        } catch (error) {
            throw new Error(
                `AWS cannot be asked to run ${declared.name}, or what became of it: ${reasonOf(error)}. Next: ${obstacleOf(error, clients) ?? RIGHTS}`,
                { cause: error },
            );
        }
    };
}

/** @returns the task, or ECS's reason why there is none */
export async function start({ ecs }: Clients, declared: DeclaredRun): Promise<Task | string> {
    const { cluster, taskDefinition, container: name, command, environment, startedBy } = declared;
    const variables = environment && Object.entries(environment).map(([variable, value]) => ({ name: variable, value }));
    const { RunTaskCommand } = await import("@aws-sdk/client-ecs");
    const { tasks = [], failures = [] } = await ecs.send(
        new RunTaskCommand({
            ...{ cluster, taskDefinition, startedBy, count: 1, launchType: "FARGATE", platformVersion: "LATEST" },
            networkConfiguration: {
                awsvpcConfiguration: {
                    subnets: [...declared.subnetIds],
                    securityGroups: [declared.securityGroupId],
                    assignPublicIp: "DISABLED",
                },
            },
            overrides: (command ?? variables) && {
                containerOverrides: [
                    { name, ...(command && { command: [...command] }), ...(variables && { environment: variables }) },
                ],
            },
            enableECSManagedTags: true,
            propagateTags: "TASK_DEFINITION",
        }),
    );
    const [task] = tasks;
    if (task !== undefined) return task;
    return failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(": ")).join("; ") || "ECS gives no reason";
}

/** What became of a task that ECS did not start. */
export function unplaced(reason: string, { taskDefinition }: DeclaredRun): RunOutcome {
    const task = { id: "", taskDefinition, createdAt: new Date(0), reason, containers: [] };
    return { verdict: { kind: "failed" }, task, elapsedSeconds: 0 };
}

/** Waits until a task has stopped, and stops it when its time is over or the follower has enough. */
export async function follow(
    clients: Clients,
    declared: DeclaredRun,
    { taskArn = "" }: Task,
    { tell, write, signal }: Follower,
    clock: Clock,
): Promise<RunOutcome> {
    const { cluster, container, atMostSeconds = Infinity } = declared;
    const started = clock.now();
    const elapsed = () => (clock.now() - started) / 1000;
    const log = followLog(clients, declared, idOf({ taskArn }), write);
    let stopping: { readonly verdict: RunVerdict; readonly at: number } | undefined;
    let told = "";
    let failures = 0;
    let answeredAt = 0;
    for (;;) {
        try {
            const task = await describe(clients, cluster, taskArn);
            const phase = phaseOf(task);
            if (phase !== told) tell(phase);
            told = phase;
            if (task.lastStatus === "STOPPED") {
                const stopped = stoppedTask(task);
                const hasRun = stopped.containers.some(({ name, exitCode }) => name === container && exitCode !== undefined);
                if (hasRun) await log.rest(clock);
                const own = verdictOfRun(stopped, container);
                // What ended by itself while it was told to stop ended by itself.
                const verdict = own.kind === "stopped" && stopping !== undefined ? stopping.verdict : own;
                return { verdict, task: stopped, elapsedSeconds: elapsed(), log: hasRun ? log.last() : undefined };
            }
            await log.read();
            const end: RunVerdict["kind"] | undefined = signal?.aborted
                ? "interrupted"
                : elapsed() >= atMostSeconds
                  ? "timed out"
                  : undefined;
            if (stopping === undefined && end !== undefined) {
                await stop(
                    clients,
                    cluster,
                    taskArn,
                    end === "interrupted" ? "Interrupted" : `Not within ${inWords(atMostSeconds)}`,
                );
                stopping = { verdict: { kind: end }, at: elapsed() };
            }
            failures = 0;
            answeredAt = elapsed();
        } catch (error) {
            if (!mayPass(error) || elapsed() - answeredAt > PATIENCE) throw error;
            failures += 1;
        }
        if (stopping !== undefined && elapsed() - stopping.at > STOPPING_SECONDS)
            throw new Error(`task ${idOf({ taskArn })} was told to stop, and does not`);
        const pause = Math.min(LONGEST_PAUSE, PAUSE * 2 ** failures) * 1000;
        // Whoever has enough is answered at once; what is stopping is waited for.
        await clock.sleep(pause, stopping === undefined ? signal : undefined).catch(() => undefined);
    }
}

async function describe({ ecs }: Clients, cluster: string, taskArn: string): Promise<Task> {
    const { DescribeTasksCommand } = await import("@aws-sdk/client-ecs");
    const { tasks: [task] = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
    // Right after it was started ECS may not know of it yet.
    return task ?? { taskArn, lastStatus: "PROVISIONING" };
}

async function stop({ ecs }: Clients, cluster: string, task: string, reason: string): Promise<void> {
    const { StopTaskCommand } = await import("@aws-sdk/client-ecs");
    await ecs.send(new StopTaskCommand({ cluster, task, reason }));
}

function phaseOf({ lastStatus = "" }: Task): string {
    if (["PROVISIONING", "PENDING", "ACTIVATING"].includes(lastStatus)) return "starts";
    return lastStatus === "RUNNING" ? "runs" : "ends";
}
