import { distance } from "fastest-levenshtein";
import type { z } from "zod";

/** One thing that is wrong with the configuration. */
export interface Problem {
    /** Where, as keys from the top: `["services", "web", "cpu"]`. */
    readonly path: readonly string[];
    /** What was found there, or why it is missing from this report. */
    readonly found: string;
    /** What is allowed, and the next step. */
    readonly allowed: string;
}

/** Found values longer than this are cut. */
const FOUND_LENGTH = 60;

type Issue = z.core.$ZodIssue;

/** What the schema has to say against `values`; `keysAt` names the keys that are known at a place. */
export function fromIssues(
    issues: readonly Issue[],
    values: unknown,
    keysAt: (path: readonly string[]) => readonly string[],
): Problem[] {
    return issues.flatMap(issue => fromIssue(issue, values, keysAt));
}

function fromIssue(issue: Issue, values: unknown, keysAt: (path: readonly string[]) => readonly string[]): Problem[] {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
        const known = keysAt(path);
        return issue.keys.map(key => ({ path: [...path, key], found: "an unknown key", allowed: suggest(key, known) }));
    }
    if (issue.code === "invalid_key") {
        const key = path[path.length - 1] ?? "";
        return [{ path, found: `the name ${show(key)}`, allowed: issue.issues[0]?.message ?? issue.message }];
    }
    return [{ path, found: show(valueAt(values, path)), allowed: allowed(issue) }];
}

/** What may stand in place of an unknown key: the nearest one where it looks like a typo, otherwise all. */
export function suggest(key: string, known: readonly string[]): string {
    const nearest = nearestOf(key, known);
    return nearest === undefined ? `one of ${known.join(", ")}` : `did you mean ${nearest}?`;
}

function nearestOf(key: string, known: readonly string[]): string | undefined {
    const near = known.map(candidate => ({ candidate, edits: distance(key.toLowerCase(), candidate.toLowerCase()) }));
    near.sort((a, b) => a.edits - b.edits);
    const best = near[0];
    return best !== undefined && best.edits <= Math.max(1, Math.floor(key.length / 3)) ? best.candidate : undefined;
}

function allowed(issue: Issue): string {
    switch (issue.code) {
        case "invalid_value":
            return issue.values.map(String).join(", ");
        case "invalid_type":
            return issue.message.startsWith("Invalid input")
                ? (EXPECTED[issue.expected] ?? `a value of type ${issue.expected}`)
                : issue.message;
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

/** A value as it may be shown. */
export function show(value: unknown): string {
    if (value === undefined) return "nothing";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length > FOUND_LENGTH ? `${text.slice(0, FOUND_LENGTH)}…` : text;
}

export function valueAt(values: unknown, path: readonly string[]): unknown {
    return path.reduce<unknown>(
        (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
        values,
    );
}

/** One message for all problems, in the order of the file's keys. */
export function describeProblems(stack: string, problems: readonly Problem[]): string {
    const rows = problems.map(({ path, found, allowed: rule }) => ({ key: keyOf(path), found, rule }));
    const width = Math.min(60, Math.max(...rows.map(row => row.key.length)));
    const lines = rows.map(row => `  ${row.key.padEnd(width)}  found ${row.found}\n  ${"".padEnd(width)}  allowed: ${row.rule}`);
    const count = rows.length === 1 ? "1 problem" : `${rows.length} problems`;
    return `Pulumi.${stack}.yaml has ${count}. Nothing was created.\n${lines.join("\n")}`;
}

function keyOf(path: readonly string[]): string {
    const [first = "", ...rest] = path;
    const top = first.includes(":") ? first : `fargate:${first}`;
    return [top, ...rest].reduce((key, part) => (/^\d+$/.test(part) ? `${key}[${part}]` : `${key}.${part}`));
}
