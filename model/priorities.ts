/** Rule priorities by Elastic Load Balancing are 1 to 50000, lower ones first, each once in a listener. */
export const MAX_PRIORITY = 50_000;

/** A rule that wants a priority. */
export interface Ranked {
    readonly name: string;
    /** Lower ones come first; among equal ones any order will do. */
    readonly level: number;
    /** The priority that it gets where that is free and in order. */
    readonly preferred: number;
}

/**
 * A priority for each rule, in the order of their levels. Rules keep what they have, unless their order forbids it: then as few as possible change, and
 * of equally few those that are farthest from what they prefer.
 *
 * A new priority is never one that any rule has now, not even one that leaves: a listener has each once, and an update changes rules one by one, creating
 * before it deletes.
 *
 * @param existing what rules have now, by name; also of rules that are none of `rules`
 */
export function priorities(rules: readonly Ranked[], existing: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const taken = new Set(existing.values());
    const values = [...new Set(rules.map(({ level }) => level))].sort((a, b) => a - b);
    const levels = values.map(value => rules.filter(({ level }) => level === value));
    const kept = keptPriorities(levels, existing, taken);
    return new Map([...kept, ...newPriorities(levels, kept, taken)]);
}

/** One way to serve the levels so far. */
interface State {
    /** Of what it costs to keep and to change. */
    readonly cost: number;
    /** The highest priority in use: the lower, the more room is left. */
    readonly highest: number;
    readonly kept: readonly (readonly [name: string, priority: number])[];
    readonly before?: State;
}

/** More than all distances from what is preferred can add up to. */
const COST_OF_CHANGE = 1e8;

/** Level by level, the cheapest way for each highest priority. */
function keptPriorities(
    levels: readonly (readonly Ranked[])[],
    existing: ReadonlyMap<string, number>,
    taken: ReadonlySet<number>,
): ReadonlyMap<string, number> {
    let states: State[] = [{ cost: 0, highest: 0, kept: [] }];
    for (const level of levels) {
        const having = level
            .flatMap(({ name, preferred }) => {
                const priority = existing.get(name);
                return priority === undefined ? [] : [{ name, priority, distance: Math.abs(priority - preferred) }];
            })
            .sort((a, b) => a.priority - b.priority)
            .filter(({ priority }, index, all) => priority !== all[index - 1]?.priority);
        states = cheapest(
            states.flatMap(before => {
                const usable = having.filter(({ priority }) => priority > before.highest);
                return Array.from({ length: usable.length + 1 }, (_, count) => {
                    const kept = usable.slice(0, count);
                    const placed = nthFree(before.highest, level.length - count, taken);
                    const distance = kept.reduce((sum, rule) => sum + rule.distance, 0);
                    return {
                        cost: before.cost + COST_OF_CHANGE * (having.length - count) + distance,
                        highest: Math.max(placed, kept.at(-1)?.priority ?? 0),
                        kept: kept.map(({ name, priority }) => [name, priority] as const),
                        before,
                    };
                });
            }),
        );
    }
    const kept = new Map<string, number>();
    for (let state = states[0]; state !== undefined; state = state.before)
        for (const [name, priority] of state.kept) kept.set(name, priority);
    return kept;
}

/** From the cheapest on, each that leaves more room than all cheaper ones. */
function cheapest(states: readonly State[]): State[] {
    let room = MAX_PRIORITY + 1;
    return [...states]
        .sort((a, b) => a.cost - b.cost || a.highest - b.highest)
        .filter(({ highest }) => {
            const isBetter = highest < room;
            room = Math.min(room, highest);
            return isBetter;
        });
}

/** What the others get: the next free priority from the preferred one on, as near as the order allows. */
function newPriorities(
    levels: readonly (readonly Ranked[])[],
    kept: ReadonlyMap<string, number>,
    taken: ReadonlySet<number>,
): [name: string, priority: number][] {
    const others = levels.map(level => level.filter(({ name }) => !kept.has(name)).sort(byPreference));
    const keptOf = levels.map(level => level.flatMap(({ name }) => kept.get(name) ?? []));

    let bound = MAX_PRIORITY + 1;
    const latest = new Map<string, number>();
    for (const [index, level] of [...levels.entries()].reverse()) {
        for (const { name } of (others[index] ?? []).toReversed()) {
            bound = freeBefore(bound, taken);
            latest.set(name, bound);
        }
        bound = Math.min(bound, ...level.flatMap(({ name }) => kept.get(name) ?? []));
    }

    let last = 0;
    return others.flatMap((level, index) => {
        const placed = level.map(({ name, preferred }): [string, number] => {
            last = Math.min(nthFree(Math.max(preferred - 1, last), 1, taken), latest.get(name) ?? 0);
            return [name, last];
        });
        last = Math.max(last, ...(keptOf[index] ?? []));
        return placed;
    });
}

function byPreference(a: Ranked, b: Ranked): number {
    return a.preferred - b.preferred || (a.name < b.name ? -1 : 1);
}

/** The nth priority behind `start` that no rule has; `start` itself for none. */
function nthFree(start: number, count: number, taken: ReadonlySet<number>): number {
    let priority = start;
    for (let left = count; left > 0; left--) {
        priority++;
        while (taken.has(priority)) priority++;
    }
    return priority;
}

function freeBefore(end: number, taken: ReadonlySet<number>): number {
    let priority = end - 1;
    while (taken.has(priority)) priority--;
    return priority;
}
