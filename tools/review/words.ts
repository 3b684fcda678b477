import { Difference } from "./difference";
import { isPlain } from "../github/markdown-write";
import type { Loss } from "./loss";
import type { Review } from "./changes";
import type { JobReview } from "./job";
import type { Rollout, ServiceReview, TaskCount } from "./service";
import { ASSUMED } from "../../model/rollout";
import { duration } from "../cli/progress";

/** How a medium shows what people wrote into stack files. */
export type Quote = (value: string) => string;

/** `restarts 2 tasks because environment LOG_LEVEL info→debug; runs npm run migrate first; about 1 min 10 s, old tasks drain 15 s` */
export function serviceSentence(service: ServiceReview, quote: Quote): string {
    const { rollout, interruption } = service;
    const first = service.release === undefined ? "" : `; runs ${quote(service.release)} first`;
    const what = `${outcome(service)}${because(service.reasons, quote)}${forced(service)}${first}`;
    if (rollout === undefined) return what;
    const meanwhile = interruption === undefined ? "" : `; requests fail meanwhile: ${interruption}`;
    return `${what}; ${rolloutTime(rollout)}${meanwhile}`;
}

/** `changes: schedule every day 03:00 UTC→weekdays 03:00 UTC; runs that have begun go on as they are` */
export function jobSentence({ outcome: verb, when, differences }: JobReview, quote: Quote): string {
    const told = differences.map(one => differenceText(one, quote));
    if (verb === "changes") return `changes: ${sentence(told)}; a run that has begun goes on as it is`;
    return [verb, quote(when), ...told].join(", ");
}

function outcome({ outcome: verb, before, after }: ServiceReview): string {
    switch (verb) {
        case "starts":
            return `is new and starts ${count(after)}`;
        case "stops":
            return `is removed: ${count(before)} ${before?.max === 1 ? "stops" : "stop"}`;
        case "is replaced":
            return `is replaced by a new service, which starts ${count(after)}`;
        case "runs on":
            return "no task restarts";
        case "restarts":
            if (before?.max === 0) return after?.max === 0 ? "no task restarts, since none runs" : `starts ${count(after)}`;
            if (before?.min === after?.min && before?.max === after?.max) return `restarts ${count(before)}`;
            return `restarts ${count(before)} and then runs ${numbers(after)}`;
    }
}

function because(reasons: readonly Difference[], quote: Quote): string {
    return reasons.length === 0 ? "" : ` because ${sentence(reasons.map(reason => differenceText(reason, quote)))}`;
}

/** The provider forces a deployment with every change of a service, or it could not change the Spot share in place. */
function forced({ isForced, before }: ServiceReview): string {
    return isForced && before?.max !== 0 ? ", which ECS could apply without a restart and the provider cannot" : "";
}

function rolloutTime({ seconds, leaving }: Rollout): string {
    const time = `about ${duration(seconds * 1000)}`;
    if (leaving === undefined) return time;
    return leaving.how === "drain"
        ? `${time}, old tasks drain ${leaving.seconds} s`
        : `${time}, old tasks get ${leaving.seconds} s to stop`;
}

/** What a rollout's length rests on; absent where nothing starts. */
export function assumption({ services }: Review): string | undefined {
    if (services.every(({ rollout }) => rollout === undefined)) return undefined;
    const { provisionSeconds, pullSeconds, startSeconds } = ASSUMED;
    return `Times assume ${provisionSeconds} s for Fargate to provision a task, ${pullSeconds} s to pull its image and ${startSeconds} s to start it.`;
}

export function differenceText(difference: Difference, quote: Quote): string {
    const { name, kind, before, after, isHidden } = difference;
    // Most are words of this program, some the keys of what it shows.
    const noun = isPlain(difference.what) ? difference.what : quote(difference.what);
    const what = name === undefined ? noun : `${noun} ${quote(name)}`;
    if (isHidden) return `${what} ${kind} (not shown)`;
    if (before !== undefined && after !== undefined) return `${what} ${quote(before)}→${quote(after)}`;
    if (kind === "changed") return what;
    const value = kind === "added" ? after : before;
    return `${what} ${kind}${value === undefined ? "" : ` (${quote(value)})`}`;
}

/** What happens to resources, in numbers: `3 created, 1 changed in place`. */
export function countsText({ changes, losses, tags }: Review): string {
    const numberOf = (op: string) => [...changes, ...losses].filter(one => one.op === op).length;
    const parts: [number, string][] = [
        [numberOf("create"), "created"],
        [numberOf("import"), "imported"],
        [numberOf("update") + (tags?.resources ?? 0), "changed in place"],
        [numberOf("replace"), "replaced"],
        [numberOf("delete"), "deleted"],
    ];
    const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
    return told.length === 0 ? "no changes" : told.join(", ");
}

export function tagsText({ differences, resources }: NonNullable<Review["tags"]>, quote: Quote): string {
    const what = differences.length === 0 ? "tags" : sentence(differences.map(one => differenceText(one, quote)));
    return `${what}, on ${resources} resource${resources === 1 ? "" : "s"}`;
}

/** `all log lines in fargate-dev-web (because of name)` */
export function lossText({ lost, of, reasons }: Loss, quote: Quote): string {
    const what = of === undefined ? lost : `${lost} ${quote(of)}`;
    return reasons.length === 0 ? what : `${what} (because of ${sentence(reasons.map(quote))})`;
}

/** The option that acknowledges a loss. */
export function allowOption({ urn }: Loss): string {
    return `--allow '${urn}'`;
}

function count(tasks: TaskCount | undefined): string {
    return `${numbers(tasks)} task${tasks?.max === 1 ? "" : "s"}`;
}

function numbers(tasks: TaskCount | undefined): string {
    if (tasks === undefined) return "no";
    return tasks.min === tasks.max ? String(tasks.max) : `${tasks.min} to ${tasks.max}`;
}

function sentence(parts: readonly string[]): string {
    const last = parts[parts.length - 1] ?? "";
    return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
