/** Stands for a value that only the deployment will tell. A rule says nothing about it. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** What lies at a path; `UNKNOWN` where anything on the way is, undefined where nothing is. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>((current, key) => {
        if (current === UNKNOWN) return UNKNOWN;
        return typeof current === "object" && current !== null ? (current as Record<string | number, unknown>)[key] : undefined;
    }, value);
}

/** The members of a list, one by one; none of anything else. */
export function items(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** The members of a list, or the one thing that stands for a list of one, as policy documents allow. */
export function oneOrMore(value: unknown): readonly unknown[] {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
}

/** Nothing was given: no value, or an empty list or text. */
export function isAbsent(value: unknown): boolean {
    return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What JSON text says; anything else as it is, and `UNKNOWN` for text that is no JSON. */
export function parsed(value: unknown): unknown {
    if (typeof value !== "string") return value;
    try {
        return JSON.parse(value);
    } catch {
        return UNKNOWN;
    }
}

/** Every text inside a value. */
export function texts(value: unknown): readonly string[] {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(texts);
}

/** A value for a sentence. */
export function show(value: unknown): string {
    if (value === undefined || value === null) return "nothing";
    if (typeof value === "symbol") return "something unknown";
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a value is one of these, or may turn out to be. */
export function mayBe(value: unknown, ...accepted: readonly unknown[]): boolean {
    return value === UNKNOWN || accepted.includes(value);
}
