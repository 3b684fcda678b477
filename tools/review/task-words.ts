import { Conditions, furtherConditions, furtherText } from "../../model/conditions";
import { holdsSecret } from "../../model/plain-secrets";
import { typed } from "../../model/task-run-text";
import { Fields, Step, differingKeys } from "../deployed/preview";
import { fieldsOf, listOf, namedFieldsOf, textOf } from "../inventory/inputs";
import { Difference, byName, difference, unseen } from "./difference";
import { shownImage } from "./images";
import { scalingDifferences } from "./scaling";

/** Storage that comes with a task, in GiB (AWS Fargate pricing). */
const INCLUDED_GIB = 20;

/** What differs of one key, in the words of the stack's file. */
export function describe(key: string, before: unknown, after: unknown): Difference[] {
    switch (key) {
        case "environment":
            return byName("environment", before, after);
        case "secrets":
            // Its name promises a secret, and its value says where that is.
            return byName("secret", before, after, secretName, () => true);
        case "image":
            // A tag may be a commit, which looks as random as a token.
            return [difference("image", shownImage(before, after), shownImage(after, before), "", value => !holdsSecret(value))];
        case "memoryMiB":
            return [difference("memory", before, after, " MiB")];
        case "drainSeconds":
            return [difference("drain", before, after, " s")];
        case "spotPercent":
            return [difference("Spot share", before, after, " %")];
        case "spotBase":
            return [difference("tasks that are never on Spot", before ?? 0, after ?? 0)];
        case "ephemeralGiB":
            return [difference("storage", before ?? INCLUDED_GIB, after ?? INCLUDED_GIB, " GiB")];
        case "minHealthyPercent":
            return [difference("minimum healthy", before ?? 100, after ?? 100, " %")];
        case "restart":
            return byName("restart", before ?? {}, after ?? {}, list);
        case "command":
        case "entryPoint":
            return [difference(key, words(before), words(after))];
        case "dependsOn":
            return byName("wait for", before ?? {}, after ?? {});
        case "exec":
            return [difference("exec", before ?? false, after ?? false)];
        case "tracing":
            return [difference("tracing", tracing(before), tracing(after))];
        case "sidecars":
            return sidecarDifferences(namedFieldsOf(before), namedFieldsOf(after));
        case "logRetentionDays":
            return [difference("log retention", before, after, " days")];
        case "tasks":
            if (isScaled(before) && isScaled(after)) return scalingDifferences(before, after);
            return [difference("tasks", count(before), count(after))];
        case "route":
            return before === undefined || after === undefined
                ? [difference("route", routeName(before), routeName(after))]
                : byName("route", before, after, routePart);
        case "permissions":
            return [unseen("permissions", isEmpty(before) ? "added" : isEmpty(after) ? "removed" : "changed")];
        case "plain":
            return statedPlain(before, after);
        case "release":
            return [difference("release", releaseName(before), releaseName(after))];
        case "build":
        case "of":
            // The image says it.
            return [];
        default:
            return [difference(key, list(before), list(after))];
    }
}

/** A sidecar that comes or goes as a whole, and what is another in one that stays. */
function sidecarDifferences(before: Fields, after: Fields): Difference[] {
    return differingKeys(before, after).flatMap(name => {
        if (before[name] === undefined) return [{ ...unseen("sidecar", "added"), name }];
        if (after[name] === undefined) return [{ ...unseen("sidecar", "removed"), name }];
        const [old, next] = [fieldsOf(before[name]), fieldsOf(after[name])];
        return differingKeys(old, next)
            .flatMap(key =>
                key === "health" ? byName("health", old[key] ?? {}, next[key] ?? {}, list) : describe(key, old[key], next[key]),
            )
            .map(one => ({ ...one, what: `sidecar ${name} ${one.what}` }));
    });
}

/** What switches a protection off. */
export function statedPlain(before: unknown, after: unknown): Difference[] {
    const [old, next] = [listOf(before).map(textOf), listOf(after).map(textOf)];
    const what = "stated to be no secret,";
    return [
        ...next.filter(name => !old.includes(name)).map(name => ({ ...unseen(what, "added"), name })),
        ...old.filter(name => !next.includes(name)).map(name => ({ ...unseen(what, "removed"), name })),
    ];
}

/** An ARN names the account, which is nobody's business in a comment. */
function secretName(arn: unknown): unknown {
    return arn === undefined ? undefined : textOf(arn).split(":").slice(5).join(":");
}

const isEmpty = (value: unknown) => listOf(value).length === 0;
const isScaled = (tasks: unknown) => typeof tasks === "object" && tasks !== null;

function count(tasks: unknown): string | undefined {
    if (tasks === undefined) return undefined;
    if (!isScaled(tasks)) return textOf(tasks);
    const { min, max } = fieldsOf(tasks);
    return `scaling ${textOf(min)} to ${textOf(max)}`;
}

function tracing(value: unknown): string | undefined {
    if (value === undefined || value === false) return undefined;
    return value === true ? "on" : textOf(fieldsOf(value)["image"]);
}

function list(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? "none" : value.map(textOf).join(", ");
}

/** A command as it is typed. */
function words(command: unknown): string | undefined {
    return command === undefined ? undefined : typed(listOf(command).map(textOf));
}

/** What a new revision runs first; nothing where there is no new one. */
export function releaseOf(definition: Step | undefined, { release }: Fields): { readonly release?: string } {
    const isNew = definition?.op === "create" || definition?.op === "replace";
    return isNew && release !== undefined ? { release: releaseCommand(release) } : {};
}

function releaseCommand(release: unknown): string {
    return typed(listOf(fieldsOf(release)["command"]).map(textOf));
}

function releaseName(release: unknown): string | undefined {
    if (release === undefined) return undefined;
    return `${releaseCommand(release)}, at most ${textOf(fieldsOf(release)["timeoutMinutes"])} min`;
}

function routeName(route: unknown): string | undefined {
    if (route === undefined) return undefined;
    const { hosts, paths } = fieldsOf(route);
    const further = furtherConditions(route as Conditions).map(furtherText);
    return [...[...listOf(hosts), ...listOf(paths)].map(textOf), ...further].join(" ");
}

/** Headers and query by their names, and times. */
function routePart(value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return list(value);
    return Object.entries(value)
        .map(([name, inner]) => `${name} ${textOf(list(inner))}`)
        .join("; ");
}
