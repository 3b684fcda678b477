import { distance } from "fastest-levenshtein";
import type { z } from "zod";
import { visible } from "../model/inert-text";
import { holdsSecret } from "../model/plain-secrets";

/** A place in the configuration, as keys from the top: `["services", "web", "cpu"]`. */
export type KeyPath = readonly string[];

/** One thing that is wrong with the configuration. */
export interface Problem {
    readonly path: KeyPath;
    /** What was found there; never what may be a secret. */
    readonly found: string;
    /** What is allowed, and the next step. */
    readonly allowed: string;
}

/** A problem between keys. */
export interface Finding extends Problem {
    /** Keys that the finding rests on; it is dropped where one of them, or one below, is wrong itself. */
    readonly because?: readonly KeyPath[];
}

/** Found values longer than this are cut. */
const FOUND_LENGTH = 60;

const FEW_KEYS = 8;

type Issue = z.core.$ZodIssue;

/** What is known of keys. */
export interface Known {
    /** The keys at a place. */
    readonly keysAt: (path: KeyPath) => readonly string[];
    /** What is meant by an unknown key, where more is known than the nearest one. */
    readonly meantBy?: (place: KeyPath, value: unknown) => Meant | undefined;
}

/** What is meant by an unknown key. */
export interface Meant {
    /** What is to be written. */
    readonly allowed: string;
    /** The keys that it may have been: that they are not there is the same mistake, and not told again. */
    readonly places: readonly KeyPath[];
}

/** What the schema has to say against `values`, and the keys that unknown ones were meant to be. */
export function fromIssues(
    issues: readonly Issue[],
    values: unknown,
    known: Known,
): { readonly problems: Problem[]; readonly meant: readonly KeyPath[] } {
    // Text has a length too, which is checked where it stands in place of a list.
    const ofType = issues.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join("\n"));
    const meantBy = (place: KeyPath) => meantFor(place, values, known);
    const meant = issues
        .filter(({ code }) => code === "unrecognized_keys")
        .flatMap(placesOf)
        .flatMap(place => meantBy(place).places)
        .filter(place => valueAt(values, place) === undefined);
    const isMeant = ({ path }: Issue) => meant.some(place => place.join("\n") === path.join("\n"));
    const problems = issues
        .filter(issue => issue.code === "invalid_type" || !ofType.includes(issue.path.join("\n")))
        .filter(issue => !isMeant(issue))
        .flatMap(issue =>
            issue.code === "unrecognized_keys"
                ? placesOf(issue).map(path => ({ path, found: "an unknown key", allowed: meantBy(path).allowed }))
                : [fromIssue(issue, values, known)],
        );
    return { problems, meant };
}

/** Where the values are that an issue is about: what it names, or the unknown keys. */
export function placesOf(issue: Issue): string[][] {
    const path = issue.path.map(String);
    return issue.code === "unrecognized_keys" ? issue.keys.map(key => [...path, key]) : [path];
}

function meantFor(place: KeyPath, values: unknown, { keysAt, meantBy }: Known): Meant {
    const holder = place.slice(0, -1);
    const keys = keysAt(holder);
    const key = place[place.length - 1] ?? "";
    const nearest = nearestOf(key, keys);
    return (
        meantBy?.(place, valueAt(values, place)) ?? {
            allowed: suggest(key, keys),
            places: nearest === undefined ? [] : [[...holder, nearest]],
        }
    );
}

function fromIssue(issue: Issue, values: unknown, { keysAt }: Known): Problem {
    const path = issue.path.map(String);
    if (issue.code === "invalid_key") {
        const key = path[path.length - 1] ?? "";
        return { path, found: `the name ${show(key)}`, allowed: issue.issues[0]?.message ?? issue.message };
    }
    const value = valueAt(values, path);
    const isTextInstead = typeof value === "string" && value !== "" && issue.code === "invalid_type";
    const found = mayHoldSecret(path, value) ? HIDDEN : isTextInstead ? `the text "${show(value)}"` : show(value);
    return { path, found, allowed: `${allowed(issue)}${ownKeys(issue, keysAt(path))}` };
}

/** The keys of a mapping that something else stands in place of, where they are few enough to be read. */
function ownKeys(issue: Issue, keys: readonly string[]): string {
    const isUntold = issue.code === "invalid_type" && allowed(issue) === EXPECTED["object"];
    return isUntold && keys.length > 0 && keys.length <= FEW_KEYS ? `: ${keys.join(", ")}` : "";
}

/** Stands for a value that may be a secret. */
export const HIDDEN = "a value that is not shown here, since it may be secret";

/** Mappings from names to values that people put secrets into, rightly or not. */
const SECRET_HOLDERS = ["secrets", "environment", "args", "variables"];

function mayHoldSecret(path: KeyPath, value: unknown): boolean {
    if (value === undefined || value === null) return false;
    return path.some(key => SECRET_HOLDERS.includes(key)) || show(value) === HIDDEN;
}

/** What may stand in place of an unknown key: the nearest one where it looks like a typo, otherwise all. */
export function suggest(key: string, known: readonly string[]): string {
    const nearest = nearestOf(key, known);
    return nearest === undefined ? `one of ${known.join(", ")}` : `did you mean ${nearest}?`;
}

const TAIL = /^(Arns?|Days|GiB|Ids?|MiB|Minutes|Percent|Seconds)$/;

/** The key that this one is most likely a slip of. */
export function nearestOf(key: string, known: readonly string[], mostEdits = Math.ceil(key.length / 3)): string | undefined {
    const wanted = key.toLowerCase().replaceAll(/[_-]/g, "");
    // `memory` for memoryMiB, `grace_period` for gracePeriodSeconds, `secret` for secretArn: what it is given in was forgotten.
    const whole = known.find(
        candidate => candidate.toLowerCase().startsWith(wanted) && TAIL.test(candidate.slice(wanted.length)),
    );
    if (whole !== undefined) return whole;
    const [best] = known
        .map(candidate => ({ candidate, edits: edits(wanted, candidate.toLowerCase()) }))
        .sort((a, b) => a.edits - b.edits);
    return best !== undefined && best.edits <= mostEdits ? best.candidate : undefined;
}

/** Letters in another order are the commonest typo of all, and count as one edit. */
function edits(a: string, b: string): number {
    const letters = (text: string) => Array.from(text).sort().join("");
    return letters(a) === letters(b) ? Math.min(1, distance(a, b)) : distance(a, b);
}

function allowed(issue: Issue): string {
    switch (issue.code) {
        case "invalid_value":
            return issue.values.map(String).join(", ");
        case "invalid_type":
            return issue.message.startsWith("Invalid input")
                ? (EXPECTED[issue.expected] ?? `a value of type ${issue.expected}`)
                : issue.message;
        case "too_small":
            // Of text with no form but that it is there.
            return issue.message.startsWith("Too small") ? "text that is not empty" : issue.message;
        default:
            return issue.message;
    }
}

const EXPECTED: Readonly<Record<string, string>> = {
    object: "a mapping of keys to values",
    record: "a mapping of names to values",
    array: "a list",
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
};

/** A value in short, unless it has a secret in it; of a list or a mapping only that it is one, since anything may be in there. */
export function show(value: unknown): string {
    if (value === undefined || value === null) return "nothing";
    if (value === "") return "empty text";
    if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
    if (typeof value === "object") return "a mapping";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (holdsSecret(text)) return HIDDEN;
    return text.length > FOUND_LENGTH ? `${text.slice(0, FOUND_LENGTH)}…` : text;
}

export function valueAt(values: unknown, path: KeyPath): unknown {
    return path.reduce<unknown>(
        (value, key) =>
            typeof value === "object" && value !== null && Object.hasOwn(value, key)
                ? (value as Record<string, unknown>)[key]
                : undefined,
        values,
    );
}

/** One message for all problems. `values` are what they are about, by the first keys of their paths. */
export function describeProblems(stack: string, problems: readonly Problem[], values: unknown = {}): string {
    const rows = problems.map(({ path, found, allowed: rule }) => ({
        key: visible(keyOf(path, values)),
        found: visible(found),
        rule: visible(rule),
    }));
    const width = Math.min(60, Math.max(...rows.map(row => row.key.length)));
    const lines = rows.map(row => `  ${row.key.padEnd(width)}  found ${row.found}\n  ${"".padEnd(width)}  allowed: ${row.rule}`);
    const count = rows.length === 1 ? "1 problem" : `${rows.length} problems`;
    return `Pulumi.${visible(stack)}.yaml has ${count}. Nothing was created.\n${lines.join("\n")}`;
}

/** The key as it is written, with `[0]` where a list is or may be: a mapping may have names of digits. */
export function keyOf(path: KeyPath, values: unknown = {}): string {
    const [first = "", ...rest] = path;
    const top = first.includes(":") ? first : `fargate:${first}`;
    return rest.reduce((key, part, index) => {
        const holder = valueAt(values, path.slice(0, index + 1));
        const isItem = /^\d+$/.test(part) && (Array.isArray(holder) || typeof holder !== "object");
        return isItem ? `${key}[${part}]` : `${key}.${part === "" ? '""' : part}`;
    }, top);
}
