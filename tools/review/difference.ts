import { namedFieldsOf, textOf } from "../inventory/inputs";
import { differingKeys, isUnknown } from "../deployed/preview";
import { isSurelyHarmless } from "../../model/plain-secrets";

/** One thing that is not what it was. */
export interface Difference {
    /** `environment` */
    readonly what: string;
    /** Which one of several: `LOG_LEVEL`. */
    readonly name?: string;
    /** Absent where it is new, or where the value says nothing to a reader. */
    readonly before?: string;
    /** Absent where it is gone, or where the value says nothing to a reader. */
    readonly after?: string;
    readonly kind: "changed" | "added" | "removed";
    /** A value may be a secret, so that neither is told. */
    readonly isHidden?: true;
}

/** Whether a value may stand in a comment that everybody reads. */
export type MayShow = (value: string) => boolean;

const isHarmless: MayShow = value => isSurelyHarmless("", value);

/** Longer values are cut. */
const LONGEST = 40;
/** Characters that are shown before the first that differs, where that would be cut. */
const CONTEXT = 10;

export function difference(what: string, before: unknown, after: unknown, unit = "", mayShow = isHarmless): Difference {
    const kind = isNothing(before) ? "added" : isNothing(after) ? "removed" : "changed";
    const given = [before, after].filter(value => !isNothing(value) && !isUnknown(value));
    if (!given.map(inOneLine).every(mayShow)) return { what, kind, isHidden: true };
    const from = kind === "changed" ? firstDifference(lineOf(before), lineOf(after)) : 0;
    const [old, next] = [before, after].map(value => (isNothing(value) ? undefined : show(value, unit, from)));
    // They may differ in white space alone.
    if (old === next) return { what, kind };
    return { what, kind, ...(old !== undefined && { before: old }), ...(next !== undefined && { after: next }) };
}

/** A difference whose values would tell a reader nothing. */
export function unseen(what: string, kind: Difference["kind"] = "changed"): Difference {
    return { what, kind };
}

/** A difference for each name whose value differs; a value is shown where its name and form are surely harmless. */
export function byName(what: string, before: unknown, after: unknown, shown = asIs, mayShow = isSurelyHarmless): Difference[] {
    const [old, next] = [namedFieldsOf(before), namedFieldsOf(after)];
    return differingKeys(old, next).map(name => ({
        ...difference(what, shown(old[name]), shown(next[name]), "", value => mayShow(name, value)),
        name,
    }));
}

const asIs = (value: unknown) => value;
const isNothing = (value: unknown) => value === undefined || value === null;

/** @param from the first character in which it differs from what it is shown beside */
function show(value: unknown, unit: string, from: number): string {
    if (isUnknown(value)) return "known during the update";
    const line = lineOf(value);
    if (line === "") return `""${unit}`;
    const start = line.length > LONGEST && from > LONGEST - CONTEXT ? from - CONTEXT : 0;
    const end = start + LONGEST;
    return `${start > 0 ? "…" : ""}${line.slice(start, end)}${line.length > end ? "…" : ""}${unit}`;
}

function lineOf(value: unknown): string {
    return isUnknown(value) ? "" : asText(value).replaceAll(/\s+/g, " ");
}

function firstDifference(one: string, other: string): number {
    let index = 0;
    while (index < one.length && one[index] === other[index]) index++;
    return index;
}

function asText(value: unknown): string {
    return typeof value === "object" ? JSON.stringify(value) : textOf(value);
}

/** A command's arguments as they are typed. */
function inOneLine(value: unknown): string {
    return Array.isArray(value) ? value.map(asText).join(" ") : asText(value);
}
