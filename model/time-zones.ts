const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** No two changes of a zone's clocks are within a week of each other. */
const WEEK = 7 * DAY;

/** The clocks of a time zone. What they show is told in milliseconds as if they showed UTC. */
export interface Clock {
    /** What they show at an instant. */
    readonly wall: (instant: number) => number;
    /** The first instant at which they show something; undefined where they leave it out. */
    readonly instant: (wall: number) => number | undefined;
    /** Whether they ever show this. */
    readonly shows: (wall: number) => boolean;
    /** What they leave out or show twice within a year. */
    readonly changes: (from: number) => ClockChange[];
}

/** A change of the clocks, by what they show: `from` is part of it, `to` is not. */
export interface ClockChange {
    readonly from: number;
    readonly to: number;
    /** They never show it; otherwise they show it twice. */
    readonly isGap: boolean;
}

/** Those of three letters in the IANA database; ICU knows more, such as PST, which Node takes. */
const SHORT = ["CET", "EET", "EST", "GMT", "HST", "MET", "MST", "PRC", "ROC", "ROK", "UCT", "UTC", "WET"];

/** Whether AWS may know such a time zone: Node and AWS both follow the IANA database, and AWS to the letter. */
export function isTimeZone(name: string): boolean {
    // An offset is a time zone to Node, and none to AWS.
    if (!/^[A-Z]/.test(name) || /\/[a-z]/.test(name) || (name.length === 3 && !SHORT.includes(name))) return false;
    try {
        const { timeZone } = new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions();
        return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
    } catch {
        return false;
    }
}

/** @throws RangeError for what is no time zone. */
export function clockOf(timeZone: string): Clock {
    const format = new Intl.DateTimeFormat("en-GB", {
        timeZone,
        hourCycle: "h23",
        ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
    });
    const wall = (instant: number) => {
        const parts = format.formatToParts(instant);
        const part = (type: string) => Number(parts.find(each => each.type === type)?.value);
        return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    };
    const offset = (instant: number) => wall(instant) - instant;
    const instant = (shown: number) =>
        [-DAY, DAY].map(shift => shown - offset(shown + shift)).find(candidate => wall(candidate) === shown);
    return {
        wall,
        instant,
        shows: shown => instant(shown) !== undefined,
        changes: from => {
            const start = Math.floor(from / MINUTE) * MINUTE;
            const offsets = Array.from({ length: 54 }, (_, week) => offset(start + week * WEEK));
            return offsets.slice(1).flatMap((after, week) => {
                const before = offsets[week] ?? after;
                if (before === after) return [];
                const low = start + week * WEEK;
                const at = firstAfter(low, low + WEEK, instant => offset(instant) !== before);
                const [one, other] = [at + before, at + after];
                return [{ from: Math.min(one, other), to: Math.max(one, other), isGap: after > before }];
            });
        },
    };
}

/** The first minute between two for which something holds, and from then on. */
function firstAfter(low: number, high: number, holds: (instant: number) => boolean): number {
    if (high - low <= MINUTE) return high;
    const middle = low + Math.floor((high - low) / (2 * MINUTE)) * MINUTE;
    return holds(middle) ? firstAfter(low, middle, holds) : firstAfter(middle, high, holds);
}
