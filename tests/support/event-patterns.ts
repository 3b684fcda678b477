type Fields = Readonly<Record<string, unknown>>;

/** Whether EventBridge takes an event for one of a pattern: equal values, prefixes, numbers and `$or` (EventBridge user guide, event patterns). */
export function matches(pattern: Fields, event: Fields): boolean {
    return Object.entries(pattern).every(([key, wanted]) => {
        if (key === "$or") return (wanted as Fields[]).some(one => matches(one, event));
        const value = event[key];
        if (!Array.isArray(wanted)) return matches(wanted as Fields, (value ?? {}) as Fields);
        return [value].flat().some(one => wanted.some(each => fits(each, one)));
    });
}

function fits(wanted: unknown, value: unknown): boolean {
    if (typeof wanted !== "object" || wanted === null) return wanted === value;
    const { prefix, numeric } = wanted as { readonly prefix?: string; readonly numeric?: readonly [string, number] };
    if (prefix !== undefined) return typeof value === "string" && value.startsWith(prefix);
    if (numeric?.[0] === "<=") return typeof value === "number" && value <= numeric[1];
    throw new Error(`not understood: ${JSON.stringify(wanted)}`);
}
