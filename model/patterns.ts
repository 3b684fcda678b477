/**
 * Patterns of a listener rule's hosts and paths: `*` stands for any characters or none, `?` for exactly one. Both answers are exact for as many
 * wildcards as a rule may have; case is the caller's business.
 */

/** Whether some text matches both. */
export function overlap(a: string, b: string): boolean {
    const common = Math.min(beginning(a).length, beginning(b).length);
    if (a.slice(0, common) !== b.slice(0, common)) return false;
    const seen = new Set<number>();
    const reach = (i: number, j: number): boolean => {
        if (i === a.length && j === b.length) return true;
        const place = i * (b.length + 1) + j;
        if (seen.has(place)) return false;
        seen.add(place);
        const [x, y] = [a[i], b[j]];
        if (x === "*" && (reach(i + 1, j) || (y !== undefined && reach(i, j + 1)))) return true;
        if (y === "*" && (reach(i, j + 1) || (x !== undefined && reach(i + 1, j)))) return true;
        if (x === undefined || y === undefined || x === "*" || y === "*") return false;
        return (x === y || x === "?" || y === "?") && reach(i + 1, j + 1);
    };
    return reach(0, 0);
}

/**
 * Whether `wide` matches every text that `narrow` matches.
 *
 * A character that `wide` does not name is the hardest to match, so that `narrow` is read once with such a one in place of its wildcards, any number
 * of times for `*`. A front is where a reader of `wide` may stand after one such text.
 */
export function covers(wide: string, narrow: string): boolean {
    if (!/[*?]/.test(wide)) return wide === narrow;
    if (!narrow.startsWith(beginning(wide))) return false;
    let fronts: readonly Front[] = [reached(wide, [0])];
    for (const symbol of narrow) {
        fronts =
            symbol === "*"
                ? hardest(fronts.flatMap(front => repeated(wide, front)))
                : fronts.map(front => next(wide, front, symbol));
        if (fronts.some(front => front.length === 0)) return false;
    }
    return fronts.every(front => front.includes(wide.length));
}

/** What every match begins with. */
function beginning(pattern: string): string {
    return /^[^*?]*/.exec(pattern)?.[0] ?? "";
}

/** Positions in `wide`, in order. */
type Front = readonly number[];

/** With what stands behind a `*`, which may be nothing. */
function reached(wide: string, positions: Front): Front {
    const all = new Set<number>();
    for (const start of positions) {
        let position = start;
        while (!all.has(position)) {
            all.add(position);
            if (wide[position] === "*") position++;
        }
    }
    return [...all].sort((a, b) => a - b);
}

function next(wide: string, front: Front, symbol: string): Front {
    const moved = front.flatMap(position => {
        if (wide[position] === "*") return [position];
        return wide[position] === "?" || wide[position] === symbol ? [position + 1] : [];
    });
    return reached(wide, moved);
}

/** After none, one, two, … unknown characters, until nothing changes: what a `*` does not hold has left the front by then. */
function repeated(wide: string, start: Front): Front[] {
    const fronts = [start];
    for (let front = next(wide, start, "?"); String(front) !== String(fronts.at(-1)); front = next(wide, front, "?"))
        fronts.push(front);
    return fronts;
}

/** Who ends well from fewer positions does so from more. */
function hardest(fronts: readonly Front[]): readonly Front[] {
    const kept: Front[] = [];
    for (const front of [...fronts].sort((a, b) => a.length - b.length))
        if (!kept.some(smaller => smaller.every(position => front.includes(position)))) kept.push(front);
    return kept;
}
