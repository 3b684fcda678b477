import type { ECSClient, ListTasksCommandOutput, Session, Task } from "@aws-sdk/client-ecs";
import { connectionFor } from "../../../lookups/aws-connection";
import { partition } from "../../../model/partitions";
import { shellWords } from "../../../model/shell-words";
import type { Settings } from "../../../settings";
import { UserError } from "../../cli/user-error";
import type { ExecService, ExecTarget, ExecTask } from "../exec-target";
import { answerOf } from "./refusal";

/** Tasks that DescribeTasks tells at a time. */
const AT_ONCE = 100;

/** What ECS Exec is asked through. */
export interface ExecClient {
    readonly ecs: Pick<ECSClient, "send">;
    /** Where ECS answers. */
    readonly url: string;
    /** As a connection has it. */
    readonly obstacle?: string;
}

/** Of the state. */
interface Deployed {
    readonly cluster: string;
    readonly serviceName: string;
}

/** With the credentials that the stack's updates use. */
export async function execClient({ aws, region }: Pick<Settings, "aws" | "region">): Promise<ExecClient> {
    const [{ ECSClient }, { at, obstacle }] = await Promise.all([import("@aws-sdk/client-ecs"), connectionFor(aws)]);
    const { endpoint = `https://ecs.${region}.${partition(region).dnsSuffix}` } = at("ecs");
    return { ecs: new ECSClient(at("ecs")), url: endpoint, obstacle };
}

/** What ECS says of a service and its tasks. */
export async function describeExec(
    client: ExecClient,
    { cluster, serviceName }: Deployed,
): Promise<Pick<ExecService, "hasExec" | "tasks">> {
    const { DescribeServicesCommand, DescribeTasksCommand } = await import("@aws-sdk/client-ecs");
    const { services = [] } = await answerOf(
        `the service ${serviceName}`,
        "ecs:DescribeServices",
        client.ecs.send(new DescribeServicesCommand({ cluster, services: [serviceName] })),
        client,
    );
    const arns = await answerOf(
        `the tasks of ${serviceName}`,
        "ecs:ListTasks",
        runningTasks(client, cluster, serviceName),
        client,
    );
    const parts = Array.from({ length: Math.ceil(arns.length / AT_ONCE) }, (_, index) =>
        arns.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    const answers = await answerOf(
        `the tasks of ${serviceName}`,
        "ecs:DescribeTasks",
        Promise.all(parts.map(tasks => client.ecs.send(new DescribeTasksCommand({ cluster, tasks })))),
        client,
    );
    return {
        hasExec: services.some(({ enableExecuteCommand }) => enableExecuteCommand === true),
        tasks: answers.flatMap(({ tasks = [] }) => tasks.map(taskOf)),
    };
}

/** Starts a command: what it writes is for whoever opens the session. */
export async function startSession(client: ExecClient, cluster: string, target: ExecTarget): Promise<Session> {
    const { ExecuteCommandCommand } = await import("@aws-sdk/client-ecs");
    const { task, container, command } = target;
    const request = { cluster, task, container, command: shellWords(command), interactive: true };
    const { session } = await answerOf(
        `a command in the task ${task}`,
        "ecs:ExecuteCommand",
        client.ecs.send(new ExecuteCommandCommand(request)),
        client,
    );
    if (session === undefined) throw new UserError("ECS started the command and opened no session. Next: the same again");
    return session;
}

/** ARNs of a service's tasks. */
async function runningTasks({ ecs }: ExecClient, cluster: string, serviceName: string): Promise<string[]> {
    const { ListTasksCommand } = await import("@aws-sdk/client-ecs");
    const found: string[] = [];
    let nextToken: string | undefined;
    do {
        const command = new ListTasksCommand({ cluster, serviceName, desiredStatus: "RUNNING", nextToken });
        const answer: ListTasksCommandOutput = await ecs.send(command);
        found.push(...(answer.taskArns ?? []));
        ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return found;
}

function taskOf({ taskArn = "", lastStatus = "", startedAt, enableExecuteCommand = false, containers = [] }: Task): ExecTask {
    return {
        id: taskArn.slice(taskArn.lastIndexOf("/") + 1),
        status: lastStatus,
        startedAt,
        hasExec: enableExecuteCommand,
        containers: containers.map(({ name = "", runtimeId, managedAgents = [] }) => {
            const agent = managedAgents.find(one => one.name === "ExecuteCommandAgent");
            return { name, runtimeId, agent: agent?.lastStatus, reason: agent?.reason };
        }),
    };
}
