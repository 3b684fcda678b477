import { namedFieldsOf, textOf } from "../inventory/inputs";
import { differingKeys, isUnknown } from "../deployed/preview";

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
}

/** Longer values are cut. */
const LONGEST = 40;

export function difference(what: string, before: unknown, after: unknown, unit = ""): Difference {
    const kind = isNothing(before) ? "added" : isNothing(after) ? "removed" : "changed";
    return {
        what,
        kind,
        ...(!isNothing(before) && { before: show(before, unit) }),
        ...(!isNothing(after) && { after: show(after, unit) }),
    };
}

/** A difference whose values would tell a reader nothing. */
export function unseen(what: string, kind: Difference["kind"] = "changed"): Difference {
    return { what, kind };
}

/** A difference for each name whose value differs. */
export function byName(what: string, before: unknown, after: unknown, shown = (value: unknown) => value): Difference[] {
    const [old, next] = [namedFieldsOf(before), namedFieldsOf(after)];
    return differingKeys(old, next).map(name => ({ ...difference(what, shown(old[name]), shown(next[name])), name }));
}

const isNothing = (value: unknown) => value === undefined || value === null;

function show(value: unknown, unit: string): string {
    if (isUnknown(value)) return "known during the update";
    const text = typeof value === "object" ? JSON.stringify(value) : textOf(value);
    const line = text.replaceAll(/\s+/g, " ");
    return (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line === "" ? '""' : line) + unit;
}
