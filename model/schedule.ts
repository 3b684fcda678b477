import { CronExpressionParser } from "cron-parser";
import cronstrue from "cronstrue";
import { DAYS, formFault } from "./cron-form";
import { clockOf } from "./time-zones";

/** When something happens again and again, whatever it is. */
export interface Schedule {
    /** The five fields of Unix, or one of `NICKNAMES` (`cron-form.ts`). */
    readonly cron: string;
    /** Of the IANA time zone database, such as `Asia/Seoul`. */
    readonly timeZone: string;
}

const DAY = 24 * 60;
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What an expression amounts to, each list sorted. */
export interface Fields {
    readonly minutes: readonly number[];
    readonly hours: readonly number[];
    /** 1 to 31; all of them where any day fits. */
    readonly daysOfMonth: readonly number[];
    readonly months: readonly number[];
    /** 0 is Sunday; all of them where any day fits. */
    readonly daysOfWeek: readonly number[];
}

/** What is wrong with an expression, as what to write instead; undefined where EventBridge Scheduler can follow it. */
export function cronFault(cron: string): string | undefined {
    const fault = formFault(cron);
    if (fault !== undefined) return fault;
    let fields: Fields;
    try {
        fields = fieldsOf(cron);
    } catch {
        return "a day that one of its months has, or nothing ever happens";
    }
    // Unix means either day, and AWS has no word for that: one of its two fields has to be `?` (EventBridge Scheduler user guide, cron-based schedules).
    if (fields.daysOfMonth.length < 31 && fields.daysOfWeek.length < 7) {
        const [minute, hour, day, month, weekday] = cron.trim().split(/\s+/);
        return (
            "a day of the month or days of the week: cron means either of them, which EventBridge Scheduler cannot say. " +
            `Write two, "${[minute, hour, day, month, "*"].join(" ")}" and "${[minute, hour, "*", month, weekday].join(" ")}"`
        );
    }
    return undefined;
}

/**
 * In the form of EventBridge Scheduler and Application Auto Scaling: six fields, with a year, Sunday as the first day of the week, and `?` for the day
 * that does not matter. Steps are written out, since AWS has none among days of the week.
 *
 * @throws Error where `cronFault` finds one.
 */
export function awsCron(cron: string): string {
    const { minutes, hours, daysOfMonth, months, daysOfWeek } = fieldsOf(cron);
    const isByWeek = daysOfWeek.length < 7;
    const days = isByWeek
        ? ["?", ranges(months, 12), daysOfWeek.map(day => DAYS[day]).join(",")]
        : [ranges(daysOfMonth, 31), ranges(months, 12), "?"];
    return `cron(${[ranges(minutes, 60), ranges(hours, 24), ...days, "*"].join(" ")})`;
}

/** What `awsCron` makes, as five fields again. */
export function unixCron(expression: string): string {
    const fields = /^cron\((.*) \*\)$/.exec(expression)?.[1] ?? expression;
    return fields.replace("?", "*").replace("MON,TUE,WED,THU,FRI", "1-5");
}

/** `weekdays 03:00 Asia/Seoul` */
export function inWords({ cron, timeZone }: Schedule): string {
    const text = cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false });
    const [, time, days] = /^At (\d\d:\d\d)(, Monday through Friday)?$/.exec(text) ?? [];
    if (time !== undefined) return `${days === undefined ? "every day" : "weekdays"} ${time} ${timeZone}`;
    return `${text.charAt(0).toLowerCase()}${text.slice(1)}, ${timeZone}`;
}

/** The next times, `Fri 27 Nov 03:00` with the year where it is far away, in the schedule's own time zone. A time that its clocks leave out is none. */
export function nextRuns(schedule: Schedule, after: Date, count = 3): string[] {
    const nearly = after.getTime() + 300 * DAY * 60_000;
    return [...take(count, runsAfter(schedule, after))].map(wall => shown(wall, wall > nearly));
}

/** Runs a month of 730 hours, on average. */
export function runsPerMonth(cron: string): number {
    const fields = fieldsOf(cron);
    const span = 28 * 365.25;
    const days = [...daysFrom(fields, 0, span)].length;
    return (days * fields.minutes.length * fields.hours.length * 730) / (span * 24);
}

/** The shortest time from one run to the next, in minutes by the clock on the wall. */
export function shortestGapMinutes(cron: string): number {
    const fields = fieldsOf(cron);
    const times = timesOfDay(fields);
    const days = [...daysFrom(fields, 0, 9 * 366)];
    const [first = 0, last = 0] = [times[0], times[times.length - 1]];
    const betweenDays = steps(days).map(gap => gap * DAY - last + first);
    return Math.min(...steps(times), ...betweenDays);
}

/**
 * What daylight saving does to a schedule within a year, a sentence for each change of the clocks; none where it does nothing. EventBridge Scheduler
 * skips a time that does not exist, and runs once at a time that comes twice (user guide, daylight savings time).
 */
export function clockChanges({ cron, timeZone }: Schedule, after: Date): string[] {
    const fields = fieldsOf(cron);
    const isDueBetween = (from: number, to: number) => {
        const [next] = take(1, wallTimes(fields, from));
        return next !== undefined && next < to;
    };
    return clockOf(timeZone)
        .changes(after.getTime())
        .flatMap(({ from, to, isGap }) => {
            if (!isDueBetween(from, to)) return [];
            const span = `${shown(from)} to ${shown(to).slice(-5)}`;
            return [isGap ? `${span} does not exist, and is skipped` : `${span} comes twice, and runs once`];
        });
}

export function fieldsOf(cron: string): Fields {
    const { fields } = CronExpressionParser.parse(cron.trim());
    const numbers = (values: readonly unknown[]) => [...new Set(values.map(Number))].sort((a, b) => a - b);
    const months = numbers(fields.month.values);
    const daysOfMonth = numbers(fields.dayOfMonth.values);
    // The parser leaves out days that none of the months has.
    const isEveryDay = daysOfMonth.length >= Math.max(...months.map(month => DAYS_OF_MONTHS[month - 1] ?? 31));
    return {
        minutes: numbers(fields.minute.values),
        hours: numbers(fields.hour.values),
        daysOfMonth: isEveryDay ? Array.from({ length: 31 }, (_, index) => index + 1) : daysOfMonth,
        months,
        daysOfWeek: numbers(fields.dayOfWeek.values.map(day => Number(day) % 7)),
    };
}

/** `0-9,15,30`; `*` for all there are. */
function ranges(values: readonly number[], all: number): string {
    if (values.length === all) return "*";
    const runs: number[][] = [];
    for (const value of values) {
        const run = runs[runs.length - 1];
        if (run !== undefined && run[run.length - 1] === value - 1) run.push(value);
        else runs.push([value]);
    }
    return runs.map(run => (run.length < 3 ? run.join(",") : `${run[0] ?? ""}-${run[run.length - 1] ?? ""}`)).join(",");
}

/** Minutes after midnight. */
function timesOfDay({ hours, minutes }: Fields): number[] {
    return hours.flatMap(hour => minutes.map(minute => hour * 60 + minute));
}

/** Days that fit, counted from 1970. */
export function* daysFrom({ daysOfMonth, months, daysOfWeek }: Fields, first: number, count: number): Generator<number> {
    for (let day = first; day < first + count; day++) {
        const date = new Date(day * DAY * 60_000);
        const fits =
            months.includes(date.getUTCMonth() + 1) &&
            daysOfMonth.includes(date.getUTCDate()) &&
            daysOfWeek.includes(date.getUTCDay());
        if (fits) yield day;
    }
}

/** As a clock on the wall shows them (`time-zones.ts`). 29 February comes within eight years. */
export function* wallTimes(fields: Fields, from: number): Generator<number> {
    const minute = 60_000;
    for (const day of daysFrom(fields, Math.floor(from / (DAY * minute)), 9 * 366)) {
        for (const time of timesOfDay(fields)) {
            const wall = (day * DAY + time) * minute;
            if (wall >= from) yield wall;
        }
    }
}

function* runsAfter({ cron, timeZone }: Schedule, after: Date): Generator<number> {
    const clock = clockOf(timeZone);
    for (const wall of wallTimes(fieldsOf(cron), clock.wall(after.getTime()) + 1)) {
        if (clock.shows(wall)) yield wall;
    }
}

/** `Fri 27 Nov 03:00` */
function shown(wall: number, hasYear = false): string {
    const date = new Date(wall);
    const part = (options: Intl.DateTimeFormatOptions) => date.toLocaleString("en-GB", { timeZone: "UTC", ...options });
    const day = `${part({ weekday: "short" })} ${date.getUTCDate()} ${MONTH_NAMES[date.getUTCMonth()] ?? ""}`;
    return `${day} ${hasYear ? `${date.getUTCFullYear()} ` : ""}${date.toISOString().slice(11, 16)}`;
}

/** Node writes `Sept` where people write `Sep`. */
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function steps(values: readonly number[]): number[] {
    return values.slice(1).map((value, index) => value - (values[index] ?? 0));
}

function* take<T>(count: number, values: Iterable<T>): Generator<T> {
    let left = count;
    if (left <= 0) return;
    for (const value of values) {
        yield value;
        if (--left <= 0) return;
    }
}
