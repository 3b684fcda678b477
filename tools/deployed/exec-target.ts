import { typed } from "../../model/task-run-text";
import { UserError } from "../cli/user-error";

/** A task of a service, as ECS Exec sees it. */
export interface ExecTask {
    readonly id: string;
    /** In ECS's word, such as `RUNNING`. */
    readonly status: string;
    /** Absent where it has not started yet. */
    readonly startedAt?: Date;
    /** Whether it was started with ECS Exec. */
    readonly hasExec: boolean;
    readonly containers: readonly {
        readonly name: string;
        /** Absent where it has not started yet. */
        readonly runtimeId?: string;
        /** State of the agent that commands are run by, in ECS's word; absent where there is none. */
        readonly agent?: string;
        /** Why the agent is not running, where ECS says it. */
        readonly reason?: string;
    }[];
}

/** What of a service is told apart. */
export interface ExecService {
    readonly stack: string;
    readonly service: string;
    /** Whether ECS starts the service's tasks with ECS Exec now. */
    readonly hasExec: boolean;
    /** Whether the stack's file says so. */
    readonly isWritten: boolean;
    /** Those that run, or are about to. */
    readonly tasks: readonly ExecTask[];
}

/** What is asked for. */
export interface ExecWish {
    readonly task?: string;
    readonly container?: string;
    readonly words: readonly string[];
}

/** Where a command is run. */
export interface ExecTarget {
    readonly task: string;
    readonly container: string;
    readonly runtimeId: string;
    readonly command: readonly string[];
    /** Tasks of the service that run. */
    readonly running: number;
}

/** What is run where nothing is said; every image with a shell has it. */
const SHELL = "/bin/sh";

/**
 * Where a command can be run: in the task that is asked for, or the one that started last of those that are ready for it.
 *
 * @throws UserError that says what is in the way and what to do about it
 */
export function execTarget(found: ExecService, wish: ExecWish): ExecTarget {
    const { stack, service, hasExec, isWritten, tasks } = found;
    if (!hasExec)
        throw new UserError(
            isWritten
                ? `ECS does not know yet that ${service} has exec: true. Next: npm run up -- ${stack}`
                : `${service} has no ECS Exec. Next: exec: true under fargate:services.${service} in Pulumi.${stack}.yaml, then npm run up -- ${stack}; its tasks restart`,
        );
    const running = tasks.filter(({ status }) => status === "RUNNING").sort((a, b) => startOf(b) - startOf(a));
    const name = wish.container ?? service;
    const ready = running.find(task => obstacle(task, name, found) === undefined);
    const task = wish.task === undefined ? (ready ?? running[0]) : taskNamed(wish.task, tasks, service);
    if (task === undefined)
        throw new UserError(`No task of ${service} runs${pending(tasks)}. Next: npm run smoke -- ${stack}, which says why`);
    const why = obstacle(task, name, found);
    if (why !== undefined) throw new UserError(why);
    const { runtimeId = "" } = task.containers.find(one => one.name === name) ?? {};
    const command = wish.words.length === 0 ? [SHELL] : wish.words;
    return { task: task.id, container: name, runtimeId, command, running: running.length };
}

/** What is started, and where. */
export function execText({ task, container, command, running }: ExecTarget, isNewest: boolean): string {
    const which = isNewest && running > 1 ? `, the newest of ${running}` : "";
    return `\`${typed(command)}\` as root in the container ${container} of task ${task}${which}`;
}

/** By its id or ARN. */
function taskNamed(wanted: string, tasks: readonly ExecTask[], service: string): ExecTask {
    const id = wanted.slice(wanted.lastIndexOf("/") + 1);
    const task = tasks.find(one => one.id === id);
    if (task !== undefined) return task;
    const allowed = tasks.length === 0 ? "none: no task of it runs" : tasks.map(one => one.id).join(", ");
    throw new UserError(`${service} has no task ${wanted} that runs. Allowed: ${allowed}`);
}

/** Why no command can be run in a task's container. */
function obstacle(task: ExecTask, name: string, { stack, service }: ExecService): string | undefined {
    const { id, status, hasExec, containers } = task;
    if (status !== "RUNNING")
        return `The task ${id} is ${status}. Allowed: one that is RUNNING. Next: the same again in a moment`;
    if (!hasExec)
        return `The task ${id} was started before ${service} had exec: true, and ECS gives it to new tasks alone. Next: npm run up -- ${stack} where the update is not through, or npm run restart -- ${stack} ${service}`;
    const container = containers.find(one => one.name === name);
    if (container === undefined)
        return `The task ${id} has no container ${name}. Allowed: ${containers.map(one => one.name).join(", ")}`;
    const { agent = "not there", reason } = container;
    if (agent === "RUNNING" && container.runtimeId !== undefined) return undefined;
    const what = `The agent of ECS Exec is ${agent} in the container ${name} of task ${id}${reason === undefined ? "" : ` (${reason})`}`;
    if (agent === "PENDING") return `${what}. Next: the same again in a moment`;
    return name === service
        ? `${what}: it could not start, or was ended with what was run by it. Next: npm run restart -- ${stack} ${service}; where that does not help, the task's way to the endpoint ssmmessages`
        : `${what}: the root file system of sidecars stays read-only, and exec is for the service's own container. Allowed: ${service}`;
}

function startOf({ startedAt }: ExecTask): number {
    return startedAt?.getTime() ?? 0;
}

function pending(tasks: readonly ExecTask[]): string {
    return tasks.length === 0 ? "" : ` yet: ${tasks.map(({ id, status }) => `${id} is ${status}`).join(", ")}`;
}
