import type { Clients } from "../../lookups/aws-clients";
import type { Connection } from "../../lookups/aws-connection";
import { containerLog, observe } from "../../lookups/rollout-questions";
import type { DeclaredRollout, Observation } from "../../model/rollout-state";
import { Outcome, Verdict, begunAt, failuresOf, isFailed, verdictOf } from "../../model/verdict";
import { failureText } from "../../model/verdict-text";
import type { Settings } from "../../settings";
import { AlarmNow, LastWrite, RunningTask, alarmsNow, lastWrite, runningTasks } from "./aws/stack-now";
import { cannotAsk, isRefused } from "./aws/refusal";
import { resourcesOf } from "./images";
import { LogSource, logSources } from "./log-sources";
import { DeployedService, rolloutsIn } from "./rollouts";

/** What the stack's state says there is to look at. */
export interface Parts {
    readonly services: readonly DeployedService[];
    readonly jobs: readonly LogSource[];
    readonly alarms: readonly string[];
    readonly cluster?: string;
}

export interface ServiceNow {
    readonly name: string;
    /** Undefined where the last update never got so far as to make it. */
    readonly rollout?: DeclaredRollout;
    readonly observation?: Observation;
    readonly verdict?: Verdict;
    /** When the last attempt to roll its revision out began. */
    readonly begun?: Date;
    /** The readable block about a rollout that failed. */
    readonly failure?: string;
    /** Whether a schedule may have put it to sleep. */
    readonly maySleep: boolean;
}

export interface JobNow {
    readonly name: string;
    /** Tasks of it that run. */
    readonly running?: number;
    readonly last?: LastWrite;
}

/** A stack at one time. */
export interface StackNow {
    readonly at: Date;
    readonly services: readonly ServiceNow[];
    readonly jobs: readonly JobNow[];
    readonly alarms?: readonly AlarmNow[];
    readonly tasks?: readonly RunningTask[];
    /** What could not be looked at, and why, by the sentence. */
    readonly unseen: readonly string[];
}

export interface Asked {
    readonly clients: Clients;
    readonly connection: Connection;
}

const ALARMS: Readonly<Record<string, string>> = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": "name",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
};

/** @throws UserError where the stack was never deployed */
export function partsIn(state: unknown, settings: Settings): Parts {
    const sources = logSources(state, settings);
    const alarms = resourcesOf(state).flatMap(({ type, outputs }) => {
        const name = outputs?.[ALARMS[type] ?? ""];
        return typeof name === "string" ? [name] : [];
    });
    const cluster = resourcesOf(state).find(({ type }) => type === "aws:ecs/cluster:Cluster")?.outputs?.["name"];
    return {
        services: rolloutsIn(state, settings),
        jobs: sources.filter(({ kind }) => kind === "job"),
        alarms: alarms.sort(),
        ...(typeof cluster === "string" && { cluster }),
    };
}

/** Looks at all parts of a stack once. @throws UserError where ECS cannot be asked for its services */
export async function lookAt(
    { clients, connection }: Asked,
    parts: Parts,
    stack: string,
    abortSignal: AbortSignal,
): Promise<StackNow> {
    const unseen: string[] = [];
    /** Without this right the rest is still worth telling. */
    const ifAllowed = async <T>(what: string, action: string, ask: Promise<T>): Promise<T | undefined> => {
        try {
            return await ask;
        } catch (error) {
            abortSignal.throwIfAborted();
            if (!isRefused(error)) throw cannotAsk(what, action, error, clients);
            unseen.push(`${what}: ${error.message}`);
            return undefined;
        }
    };
    const { cluster } = parts;
    const [services, alarms, tasks, written] = await Promise.all([
        Promise.all(parts.services.map(service => serviceNow(clients, service, stack, abortSignal))),
        ifAllowed("alarms", "cloudwatch:DescribeAlarms", alarmsNow(connection, parts.alarms, abortSignal)),
        cluster === undefined ? [] : ifAllowed("tasks", "ecs:ListTasks", runningTasks(clients, cluster, abortSignal)),
        Promise.all(
            parts.jobs.map(({ name, logGroup }) =>
                ifAllowed(`the log of ${name}`, "logs:DescribeLogStreams", lastWrite(clients, logGroup, abortSignal)),
            ),
        ),
    ]);
    const jobs = parts.jobs.map(({ name, logGroup }, index) => ({
        name,
        running: tasks?.filter(({ family }) => family === logGroup).length,
        last: written[index],
    }));
    const ofServices = services.flatMap(({ observation }) => observation?.unseen ?? []);
    return { at: new Date(), services, jobs, alarms, tasks, unseen: [...new Set([...ofServices, ...unseen])] };
}

async function serviceNow(
    clients: Clients,
    { service, rollout }: DeployedService,
    stack: string,
    abortSignal: AbortSignal,
): Promise<ServiceNow> {
    const { name, tasks } = service;
    const maySleep = typeof tasks === "object" && (tasks.schedules ?? []).some(({ max }) => max === 0);
    if (rollout === undefined) return { name, maySleep };
    try {
        const observation = await observe(clients, rollout, { abortSignal });
        const begun = begunAt(observation, rollout.taskDefinition);
        const elapsedSeconds = begun === undefined ? Infinity : (Date.now() - begun.getTime()) / 1000;
        const verdict = verdictOf(observation, rollout, elapsedSeconds);
        const now = { name, rollout, observation, verdict, begun, maySleep };
        if (verdict.kind === "under way") return now;
        const outcome: Outcome = { verdict, observation, elapsedSeconds };
        if (!isFailed(outcome)) return now;
        const failed = failuresOf(observation, rollout.taskDefinition);
        const log = await containerLog(clients, rollout, failed, { abortSignal }).catch((error: unknown) => {
            if (isRefused(error)) return undefined;
            throw error;
        });
        return { ...now, failure: failureText({ ...outcome, log }, rollout, service, stack) };
    } catch (error) {
        abortSignal.throwIfAborted();
        throw cannotAsk(`the service ${name}`, "ecs:DescribeServices", error, clients);
    }
}
