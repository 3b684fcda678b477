/** Stands for a value that only the deployment will tell. A rule says nothing about it. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** What lies at a path; `UNKNOWN` where anything on the way is, undefined where nothing is. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>((current, key) => {
        if (current === UNKNOWN) return UNKNOWN;
        const isThere = typeof current === "object" && current !== null && Object.hasOwn(current, key);
        return isThere ? (current as Record<string | number, unknown>)[key] : undefined;
    }, value);
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

/** A number from an input that AWS takes as a number or as text. */
export function numberOf(value: unknown): number {
    return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}

/** A list from an input; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** The fields of an input that is an object; none where it is not. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Numbers and booleans as text; nothing of anything else. */
export function textOf(value: unknown): string {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The same, for names that people choose: `toString` is there only where it is given. */
export function namedFieldsOf(value: unknown): Readonly<Record<string, unknown>> {
    return Object.assign(Object.create(null) as Record<string, unknown>, fieldsOf(value));
}

/** The fields of the first member of a list; none of anything else. */
export function firstOf(value: unknown): Readonly<Record<string, unknown>> {
    return fieldsOf(listOf(value)[0]);
}

/** The members of a list as one text: `a, b`. */
export function joined(value: unknown): string {
    return listOf(value).map(textOf).join(", ");
}
