import { Finding, KeyPath, valueAt } from "./problems";

/**
 * The values without what is at `places`, so that one mistake hides no other: checks between keys still see the rest. Where nothing is at a
 * place, what is around it goes.
 */
export function without(
    values: Readonly<Record<string, unknown>>,
    places: readonly KeyPath[],
): { rest: Record<string, unknown>; removed: KeyPath[] } {
    const rest = structuredClone(values) as Record<string, unknown>;
    const removed: KeyPath[] = [];
    for (const place of places) {
        if (!removed.some(gone => isWithin(place, gone))) removed.push(remove(rest, place));
    }
    return { rest: closeGaps(rest) as Record<string, unknown>, removed };
}

/** The nearest existing place, from `place` upwards, which is taken away. */
function remove(values: Record<string, unknown>, place: KeyPath): KeyPath {
    for (let length = place.length; length > 0; length--) {
        const holder = valueAt(values, place.slice(0, length - 1));
        const key = place[length - 1] ?? "";
        if (typeof holder === "object" && holder !== null && Object.hasOwn(holder, key)) {
            Reflect.deleteProperty(holder, key);
            return place.slice(0, length);
        }
    }
    throw new RangeError(`the configuration as a whole is refused: ${place.join(".")}`);
}

/** Lists without the holes that removed elements leave. */
function closeGaps(value: unknown): unknown {
    if (Array.isArray(value)) return value.flatMap(inner => [closeGaps(inner)]);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closeGaps(inner)]));
}

/** Where something in the rest was before elements in front of it were removed. */
export function originalPlace(place: KeyPath, removed: readonly KeyPath[]): KeyPath {
    return place.reduce<KeyPath>((before, key) => {
        if (!/^\d+$/.test(key)) return [...before, key];
        const gone = removed
            .filter(other => other.length === before.length + 1 && isWithin(other, before))
            .map(other => Number(other[before.length]))
            .sort((a, b) => a - b);
        return [...before, String(gone.reduce((index, hole) => (hole <= index ? index + 1 : index), Number(key)))];
    }, []);
}

/** Whether a finding is about something that was taken away: it would only confuse. */
export function restsOn({ path, because = [] }: Finding, removed: readonly KeyPath[]): boolean {
    return removed.some(gone => isWithin(path, gone) || because.some(ground => isWithin(ground, gone) || isWithin(gone, ground)));
}

/** Whether a place is another one or below it. */
function isWithin(place: KeyPath, other: KeyPath): boolean {
    return other.every((key, index) => place[index] === key);
}
