interface Work {
    /** As measured once, in seconds. */
    readonly seconds: number;
}

/** Before so much is done, in seconds, this machine's speed is not known. */
const ENOUGH = 15;

/** How long a build still takes, in words: by the times that were measured once, and by how fast this one has been so far. */
export function timeLeft(parts: readonly Work[], current: number, fraction: number, elapsedMilliseconds: number): string {
    const sum = (some: readonly Work[]) => some.reduce((total, { seconds }) => total + seconds, 0);
    const done = sum(parts.slice(0, current)) + (parts[current]?.seconds ?? 0) * fraction;
    const slowness = done < ENOUGH ? 1 : elapsedMilliseconds / 1000 / done;
    const minutes = ((sum(parts) - done) * slowness) / 60;
    return minutes < 1 ? "less than a minute left" : `about ${Math.round(minutes)} min left`;
}
