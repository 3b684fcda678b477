import { Fields, Schedule, daysFrom, fieldsOf, wallTimes } from "./schedule";
import { clockOf } from "./time-zones";

/** A year, in milliseconds, that has every day. */
const [YEAR, NEXT_YEAR] = [Date.UTC(2028, 0), Date.UTC(2029, 0)];

/** Days after which the calendar begins anew. */
const CALENDAR = 28 * 365.25;

/** Whether two schedules are ever due at once: in one time zone on any day there is, in two within a year, since their clocks change apart. */
export function meet(one: Schedule, other: Schedule): boolean {
    if (one.timeZone !== other.timeZone) {
        const times = new Set(instantsOf(one));
        return instantsOf(other).some(time => times.has(time));
    }
    const both = common(fieldsOf(one.cron), fieldsOf(other.cron));
    return both.minutes.length > 0 && both.hours.length > 0 && daysFrom(both, 0, CALENDAR).next().done !== true;
}

/** For which share of a year each of some schedules is the one that was due last; nothing for one that never is. */
export function sharesOf(schedules: readonly Schedule[]): number[] {
    const events = schedules
        .flatMap((schedule, index) => instantsOf(schedule).map(time => ({ time, index })))
        .sort((a, b) => a.time - b.time);
    const lasting = schedules.map(() => 0);
    const [first] = events;
    events.forEach(({ time, index }, position) => {
        // The last one of the year lasts until the first of the next.
        const end = events[position + 1]?.time ?? (first?.time ?? YEAR) + (NEXT_YEAR - YEAR);
        lasting[index] = (lasting[index] ?? 0) + end - time;
    });
    return lasting.map(time => time / (NEXT_YEAR - YEAR));
}

/** When it is due within the year. */
function instantsOf({ cron, timeZone }: Schedule): number[] {
    const clock = clockOf(timeZone);
    const instants: number[] = [];
    for (const wall of wallTimes(fieldsOf(cron), clock.wall(YEAR))) {
        const instant = clock.instant(wall);
        if (instant !== undefined && instant >= NEXT_YEAR) break;
        if (instant !== undefined) instants.push(instant);
    }
    return instants;
}

function common(one: Fields, other: Fields): Fields {
    const both = (key: keyof Fields) => one[key].filter(value => other[key].includes(value));
    return {
        minutes: both("minutes"),
        hours: both("hours"),
        daysOfMonth: both("daysOfMonth"),
        months: both("months"),
        daysOfWeek: both("daysOfWeek"),
    };
}
