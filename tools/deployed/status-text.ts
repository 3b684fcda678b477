import { harmless } from "../../model/log-line";
import { Observation, revisionOf } from "../../model/rollout-state";
import { inWords } from "../../model/rollout-wait";
import type { Verdict } from "../../model/verdict";
import { progressText } from "../../model/verdict-text";
import { colours } from "../cli/colours";
import { table } from "../cli/table";
import type { AlarmNow } from "./aws/stack-now";
import type { JobNow, ServiceNow, StackNow } from "./status-now";

/** Events that are shown. */
const EVENTS = 5;
/** Characters of a reason or an event. */
const LONGEST = 300;

/** What is beside what AWS says now. */
export interface Frame {
    readonly stack: string;
    readonly region: string;
    /** The sentence about cost. @default none */
    readonly cost?: string;
    /** @default as wide as it gets */
    readonly width?: number;
}

/** What a person sees. Its lines tell times of day and no age, so that a line changes when what it tells of does. */
export function statusText(now: StackNow, { stack, region, cost, width }: Frame): string {
    const time = timeText(now.at, now.at);
    const events = eventsOf(now);
    return [
        `${colours.bold(stack)}  ${region}  ${colours.dim(`${time} UTC`)}`,
        ...(now.services.length === 0 ? [] : ["", ...serviceLines(now, width)]),
        ...now.services.flatMap(({ failure }) => (failure === undefined ? [] : ["", failure])),
        ...(now.jobs.length === 0 ? [] : ["", ...jobLines(now, width)]),
        ...(now.alarms === undefined ? [] : ["", ...alarmLines(now.alarms, now.at, width)]),
        ...(events.length === 0
            ? []
            : ["", ...table([{ title: "EVENT" }, { title: "SERVICE" }, { title: "ECS SAYS" }], events, width)]),
        ...(cost === undefined ? [] : ["", `${colours.bold("Cost")}  ${cost}.`]),
        ...(now.unseen.length === 0 ? [] : ["", ...now.unseen.map(one => `Not seen: ${harmless(one, LONGEST)}`)]),
    ].join("\n");
}

function serviceLines({ services, at }: StackNow, width: number | undefined): string[] {
    const columns = [
        { title: "SERVICE" },
        { title: "DESIRED", align: "right" as const },
        { title: "RUNNING", align: "right" as const },
        { title: "PENDING", align: "right" as const },
        { title: "HEALTHY" },
        { title: "DEPLOYMENT" },
    ];
    const rows = services.map(service => {
        const { desired, running, pending } = service.observation?.service ?? {};
        const numbers = [desired, running, pending].map(number => (number === undefined ? "-" : String(number)));
        return [service.name, ...numbers, healthText(service.observation), deploymentText(service, at)];
    });
    return table(columns, rows, width);
}

function healthText(observation: Observation | undefined): string {
    const { targets = [] } = observation ?? {};
    if (targets.length === 0) return "-";
    const healthy = targets.filter(({ state }) => state === "healthy").length;
    const text = `${healthy} of ${targets.length}`;
    return healthy === targets.length ? text : colours.yellow(text);
}

/** What became of the revision that the last update declared. */
export function deploymentText({ rollout, verdict, observation, begun, maySleep }: ServiceNow, now: Date): string {
    if (rollout === undefined || verdict === undefined || observation === undefined) return colours.red("never deployed");
    const revision = revisionOf(rollout.taskDefinition);
    const since = begun === undefined ? "" : ` since ${timeText(begun, now)}`;
    switch (verdict.kind) {
        case "running": {
            const { desired = 0, running = 0 } = observation.service ?? {};
            const missing = running < desired ? colours.yellow(`, ${desired - running} short`) : "";
            return `${revision} ${colours.green("runs")}${since}${missing}`;
        }
        case "unproven":
            return `${revision}, no task is desired${maySleep ? ": asleep by its schedule" : ""}`;
        case "under way": {
            const progress = progressText(verdict.phase, observation, rollout);
            const begins = begun === undefined ? "" : `, begun ${timeText(begun, now)}`;
            return `${revision} ${colours.yellow("rolls out")}: ${progress}${begins}, usually ${inWords(rollout.wait.usualSeconds)}`;
        }
        default:
            return `${revision} ${colours.red(failureWords(verdict))}${runs(observation, rollout.taskDefinition)}`;
    }
}

function failureWords(verdict: Exclude<Verdict, { readonly kind: "running" | "unproven" | "under way" }>): string {
    switch (verdict.kind) {
        case "rolled back":
            return {
                "goes back": "failed, going back",
                "went back": "was rolled back",
                stuck: "failed, and so did the way back",
            }[verdict.how];
        case "superseded":
            return "was superseded";
        case "never there":
            return verdict.what === "service" ? "is gone: ECS has no such service" : "was never rolled out";
        case "timed out":
            return "has not come to an end";
        default:
            return verdict.kind === "stopped" ? "was stopped" : "failed";
    }
}

/** What runs in place of it. */
function runs({ service }: Observation, taskDefinition: string): string {
    const others = (service?.deployments ?? []).filter(one => one.running > 0 && one.taskDefinition !== taskDefinition);
    return others.length === 0 ? "" : `; ${others.map(one => revisionOf(one.taskDefinition)).join(", ")} runs`;
}

function jobLines({ jobs, at }: StackNow, width: number | undefined): string[] {
    return table(
        [{ title: "JOB" }, { title: "LAST RUN" }],
        jobs.map(job => [job.name, jobText(job, at)]),
        width,
    );
}

function jobText({ running = 0, last }: JobNow, now: Date): string {
    const wrote = last === undefined ? undefined : `task ${last.task.slice(0, 6)} wrote at ${timeText(last.at, now)}`;
    if (running > 0) return [`${running === 1 ? "a task runs" : `${running} tasks run`} now`, wrote].filter(Boolean).join(", ");
    return wrote ?? "none that wrote anything";
}

function alarmLines(alarms: readonly AlarmNow[], now: Date, width: number | undefined): string[] {
    if (alarms.length === 0) return ["No alarm of the stack."];
    const count = (state: AlarmNow["state"]) => alarms.filter(alarm => alarm.state === state).length;
    const on = alarms.filter(({ state }) => state === "ALARM");
    const summary = [
        `${colours.bold("Alarms")}  ${on.length === 0 ? colours.green("none is on") : colours.red(`${on.length} on`)}`,
        `${count("OK")} OK`,
        ...(count("INSUFFICIENT_DATA") === 0 ? [] : [`${count("INSUFFICIENT_DATA")} without data`]),
    ].join(", ");
    const rows = on.map(({ name, reason, since }) => [
        `  ${name}`,
        since === undefined ? "" : timeText(since, now),
        harmless(reason, LONGEST),
    ]);
    return rows.length === 0
        ? [summary]
        : [summary, ...table([{ title: "  ON" }, { title: "SINCE" }, { title: "WHY" }], rows, width)];
}

/** The last of all services, newest first. */
function eventsOf({ services, at: now }: StackNow): string[][] {
    return services
        .flatMap(({ name, observation }) => (observation?.service?.events ?? []).map(event => ({ ...event, name })))
        .sort((a, b) => b.at.getTime() - a.at.getTime())
        .slice(0, EVENTS)
        .map(({ at, name, message }) => [timeText(at, now), name, harmless(eventText(message), LONGEST)]);
}

/** Without the service's name at its beginning, and with a target group's in place of its ARN. */
function eventText(message: string): string {
    return message.replace(/^\(service [^)]*\) /, "").replaceAll(/arn:\S+:targetgroup\/([^/\s]+)\/\w+/g, "$1");
}

/** UTC, with the day where it is not the same. */
function timeText(at: Date, now: Date): string {
    const text = at.toISOString();
    return text.slice(0, 10) === now.toISOString().slice(0, 10)
        ? text.slice(11, 19)
        : `${text.slice(5, 10)} ${text.slice(11, 16)}`;
}
