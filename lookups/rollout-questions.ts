import type * as ecs from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
    DeclaredRollout,
    Deployment,
    Observation,
    ServiceDeployment,
    ServiceState,
    StoppedTask,
    TargetHealth,
} from "../model/rollout-state";
import type { ContainerLog } from "../model/verdict";
import { failedContainer } from "../model/verdict-facts";
import type { Clients } from "./aws-clients";

/** Rollouts that ECS remembers and that are looked at: the stack's own, and what may have come after it. */
const HISTORY = 5;
/** Lines of a log that are shown. */
const LOG_LINES = 20;
/** Tasks that DescribeTasks tells at a time, which are enough to see what goes wrong. */
const TASKS = 100;

export type Abort = { readonly abortSignal?: AbortSignal };

/** What ECS and ELB say of a rollout now. */
export async function observe(clients: Clients, declared: DeclaredRollout, abort: Abort): Promise<Observation> {
    const found = await describeService(clients, declared, abort);
    if (found === undefined) return { history: [], stopped: [], targets: [], unseen: [] };
    const service = stateOf(found);
    const primary = service.deployments.find(({ isPrimary }) => isPrimary);
    const isDeclared = primary?.taskDefinition === declared.taskDefinition;
    // While the rollout goes well, or has ended well, these would have nothing to tell.
    const goesWell = isDeclared && primary.state === "IN_PROGRESS" && (primary.failedTasks ?? 0) === 0;
    const isDone = isDeclared && primary.state === "COMPLETED" && service.running >= service.desired;
    const unseen: string[] = [];
    const [history, stopped, targets] = await Promise.all([
        goesWell ? [] : historyOf(clients, declared, abort),
        goesWell || isDone ? [] : ifAllowed("stopped tasks", tasksOf(clients, declared, "STOPPED", abort), unseen),
        ifAllowed("target health", targetsOf(clients, found, abort), unseen),
    ]);
    return { service, history, stopped: stopped.map(stoppedTask), targets, unseen };
}

/** Without this right the verdict is the same, but tells less. */
async function ifAllowed<T>(what: string, answer: Promise<T[]>, unseen: string[]): Promise<T[]> {
    try {
        return await answer;
    } catch (error) {
        if (!(error instanceof Error && /^AccessDenied|^Unauthorized/.test(error.name))) throw error;
        unseen.push(`${what}: ${error.message}`);
        return [];
    }
}

async function describeService({ ecs }: Clients, { cluster, serviceName }: DeclaredRollout, abort: Abort) {
    const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
    try {
        const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [serviceName] }), abort);
        return services.find(({ status }) => status === "ACTIVE");
    } catch (error) {
        if (error instanceof Error && error.name === "ClusterNotFoundException") return undefined;
        throw error;
    }
}

function stateOf(service: ecs.Service): ServiceState {
    const { deployments = [], events = [] } = service;
    return {
        desired: service.desiredCount ?? 0,
        running: service.runningCount ?? 0,
        pending: service.pendingCount ?? 0,
        deployments: deployments.map(deploymentOf),
        events: events.map(({ createdAt = new Date(0), message = "" }) => ({ at: createdAt, message })),
    };
}

function deploymentOf(deployment: ecs.Deployment): Deployment {
    return {
        isPrimary: deployment.status === "PRIMARY",
        taskDefinition: deployment.taskDefinition ?? "",
        desired: deployment.desiredCount ?? 0,
        running: deployment.runningCount ?? 0,
        failedTasks: deployment.failedTasks,
        createdAt: deployment.createdAt ?? new Date(0),
        state: deployment.rolloutState ?? "IN_PROGRESS",
        reason: deployment.rolloutStateReason,
    };
}

/** The last rollouts, newest first. */
async function historyOf(clients: Clients, declared: DeclaredRollout, abort: Abort): Promise<ServiceDeployment[]> {
    return (await attemptsOf(clients, declared, abort)).map(({ attempt, revision }) => ({
        taskDefinition: revision?.taskDefinition ?? "",
        status: attempt.status ?? "",
        reason: attempt.statusReason,
        createdAt: attempt.createdAt ?? new Date(0),
    }));
}

/** The service as the last attempt had it that rolled the declared definition out; undefined where ECS remembers none. */
export async function attemptedRevision(clients: Clients, declared: DeclaredRollout): Promise<ecs.ServiceRevision | undefined> {
    const attempts = await attemptsOf(clients, declared, {});
    return attempts.find(({ revision }) => revision?.taskDefinition === declared.taskDefinition)?.revision;
}

interface Attempt {
    readonly attempt: ecs.ServiceDeploymentBrief;
    readonly revision?: ecs.ServiceRevision;
}

/** Newest first. */
async function attemptsOf({ ecs }: Clients, declared: DeclaredRollout, abort: Abort): Promise<Attempt[]> {
    const { DescribeServiceRevisionsCommand, ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const { cluster, serviceName: service } = declared;
    const list = new ListServiceDeploymentsCommand({ cluster, service, maxResults: HISTORY });
    const { serviceDeployments = [] } = await ecs.send(list, abort);
    const serviceRevisionArns = [...new Set(serviceDeployments.flatMap(({ targetServiceRevisionArn: arn }) => arn ?? []))];
    if (serviceRevisionArns.length === 0) return [];
    const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }), abort);
    const byArn = new Map(serviceRevisions.map(one => [one.serviceRevisionArn, one]));
    const time = ({ attempt }: Attempt) => attempt.createdAt?.getTime() ?? 0;
    return serviceDeployments
        .map(attempt => ({ attempt, revision: byArn.get(attempt.targetServiceRevisionArn) }))
        .sort((a, b) => time(b) - time(a));
}

/** Tasks of the service that run or should, or those that stopped in the last hour; first come first. */
async function tasksOf(
    { ecs }: Clients,
    { cluster, serviceName }: DeclaredRollout,
    desiredStatus: "RUNNING" | "STOPPED",
    abort: Abort,
): Promise<ecs.Task[]> {
    const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
    const list = new ListTasksCommand({ cluster, serviceName, desiredStatus, maxResults: TASKS });
    const { taskArns = [] } = await ecs.send(list, abort);
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), abort);
    return tasks.sort((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
}

/** What is told of a task that stopped. */
export function stoppedTask(task: ecs.Task): StoppedTask {
    return {
        id: idOf(task),
        taskDefinition: task.taskDefinitionArn ?? "",
        createdAt: task.createdAt ?? new Date(0),
        stopCode: task.stopCode,
        reason: task.stoppedReason ?? "",
        containers: (task.containers ?? []).map(({ name = "", exitCode, reason }) => ({ name, exitCode, reason })),
    };
}

async function targetsOf({ elb }: Clients, { loadBalancers = [] }: ecs.Service, abort: Abort): Promise<TargetHealth[]> {
    const { DescribeTargetHealthCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    const arns = loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
    const ask = (TargetGroupArn: string) => elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }), abort);
    const answers = await Promise.all(arns.map(ask));
    return answers.flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions.map(targetHealth));
}

function targetHealth({ Target, TargetHealth: health }: TargetHealthDescription): TargetHealth {
    return {
        address: `${Target?.Id ?? ""}:${Target?.Port ?? ""}`,
        state: health?.State ?? "",
        code: health?.Reason,
        description: health?.Description,
    };
}

/** The last lines of the first of these tasks; without any, of one of the revision that runs. Undefined where none ran, or wrote to this log. */
export async function containerLog(
    clients: Clients,
    declared: DeclaredRollout,
    failed: readonly StoppedTask[],
    abort: Abort,
): Promise<ContainerLog | undefined> {
    const ran = failed.find(({ containers }) => containers.some(({ exitCode }) => exitCode !== undefined));
    const running =
        failed.length > 0
            ? undefined
            : (await tasksOf(clients, declared, "RUNNING", abort)).find(one => one.taskDefinitionArn === declared.taskDefinition);
    const task = ran?.id ?? (running && idOf(running));
    if (task === undefined) return undefined;
    const container = (ran && failedContainer(ran, { name: declared.service })) ?? declared.service;
    const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const command = new GetLogEventsCommand({
        logGroupName: declared.logGroup,
        // ECS's name for it, with the container's name as the prefix: see model/container.ts.
        logStreamName: `${container}/${container}/${task}`,
        limit: LOG_LINES,
        startFromHead: false,
    });
    try {
        const { events = [] } = await clients.logs.send(command, abort);
        return { task, container, lines: events.map(({ message = "" }) => message) };
    } catch (error) {
        // A container that is stopped before it writes anything has no stream.
        if (error instanceof Error && error.name === "ResourceNotFoundException") return { task, container, lines: [] };
        throw error;
    }
}

/** The part of its ARN that logs are named by. */
export function idOf({ taskArn = "" }: ecs.Task): string {
    return taskArn.slice(taskArn.lastIndexOf("/") + 1);
}
