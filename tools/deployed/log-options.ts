import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `30s`, `15m`, `2h`, `3d`: milliseconds. */
export function since(text: string): number {
    const [, number = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const milliseconds = Number(number) * (UNITS[unit] ?? 0) * 1000;
    if (milliseconds === 0)
        throw new InvalidArgumentError("Allowed: a number of seconds, minutes, hours or days, such as 30s, 15m, 2h or 3d.");
    return milliseconds;
}

/** What is said where nothing was found; a next step never looks back less far. */
export function noLine(back: number, isFiltered: boolean, isSandbox: boolean): string {
    const seconds = back / 1000;
    const [unit, size] = Object.entries(UNITS).findLast(([, each]) => seconds % each === 0) ?? ["s", 1];
    const what = `No line${isFiltered ? " found" : ""} in the last ${seconds / size}${unit}`;
    if (isSandbox) return `${what}: no container runs in the sandbox`;
    const further = ["1d", "7d", "30d"].find(time => since(time) > back);
    return further === undefined ? `${what}.` : `${what}. Next: --since ${further}, for example`;
}

/** What a filter pattern of CloudWatch Logs begins with that is no plain text: JSON, fields, a regular expression, a phrase, one of several terms. */
const PATTERN = /^[{[%"?]/;

/** Which lines are shown. */
export interface LineFilter {
    /** Of CloudWatch Logs, which searches. @default all lines */
    readonly pattern?: string;
    /** What of a line has to be looked at here. @default nothing */
    readonly text?: string;
}

/**
 * A filter pattern of CloudWatch Logs as it is; any other text becomes the phrase that a line has to have. How a phrase would hold quotes or backslashes
 * CloudWatch does not document: it searches for what is between them.
 */
export function lineFilter(given: string): LineFilter {
    const text = given.trim();
    if (text === "") throw new InvalidArgumentError("Allowed: a text that lines have, or a filter pattern.");
    if (PATTERN.test(text)) return { pattern: text };
    const parts = text
        .split(/["\\]/)
        .map(part => part.trim())
        .filter(part => part !== "");
    const pattern = parts.length === 0 ? undefined : parts.map(part => `"${part}"`).join(" ");
    return parts[0] === text ? { pattern } : { pattern, text };
}
