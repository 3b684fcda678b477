import assert from "node:assert/strict";
import fc from "fast-check";
import { NICKNAMES } from "../../model/cron-form";
import { awsCron, clockChanges, cronFault, inWords, nextRuns, runsPerMonth, shortestGapMinutes } from "../../model/schedule";
import { clockOf, isTimeZone } from "../../model/time-zones";

/** A Thursday. */
const NOW = new Date("2026-11-26T12:00:00Z");

const MINUTES = { min: 0, max: 59 };
const HOURS = { min: 0, max: 23 };
const DAYS = { min: 1, max: 31 };
const MONTHS = { min: 1, max: 12 };
const WEEKDAYS = { min: 0, max: 6 };
interface Span {
    readonly min: number;
    readonly max: number;
}

/** A field with what it amounts to, told apart from the program's own reading. */
function field({ min, max }: Span): fc.Arbitrary<{ text: string; values: readonly number[] }> {
    const upTo = (step: number, from: number, to: number) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(value => (value - from) % step === 0);
    const bounds = fc
        .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    return fc.oneof(
        fc.constant({ text: "*", values: upTo(1, min, max) }),
        fc.integer({ min: 1, max: max - min }).map(step => ({ text: `*/${step}`, values: upTo(step, min, max) })),
        fc
            .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 })
            .map(values => ({ text: values.join(","), values: [...values].sort((a, b) => a - b) })),
        fc.tuple(bounds, fc.integer({ min: 1, max: max - min })).map(([[from, to], step]) => ({
            text: from === to ? String(from) : `${from}-${to}/${step}`,
            values: from === to ? [from] : upTo(step, from, to),
        })),
    );
}

/** Whether one of the months has such a day, in some year. */
function isDayOf(day: number, months: readonly number[]): boolean {
    return months.some(month => new Date(Date.UTC(2028, month - 1, day)).getUTCMonth() === month - 1);
}

const DAY_NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** What a field of AWS's amounts to: lists, ranges and `*`. */
function valuesOf(text: string, { min, max }: Span): number[] {
    if (text === "*") return Array.from({ length: max - min + 1 }, (_, index) => min + index);
    return text.split(",").flatMap(part => {
        const [from = "", to = from] = part.split("-");
        return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
    });
}

const crons = fc
    .tuple(
        field(MINUTES),
        field(HOURS),
        field(MONTHS),
        fc.oneof(
            field(DAYS).map(day => ({ day })),
            field(WEEKDAYS).map(weekday => ({ weekday })),
        ),
    )
    .map(([minute, hour, month, on]) => {
        const day = "day" in on ? on.day : { text: "*", values: valuesOf("*", { min: 1, max: 31 }) };
        const weekday = "weekday" in on ? on.weekday : { text: "*", values: valuesOf("*", WEEKDAYS) };
        return { cron: [minute, hour, day, month, weekday].map(({ text }) => text).join(" "), minute, hour, month, day, weekday };
    })
    // 31 February is refused.
    .filter(({ cron }) => cronFault(cron) === undefined);

const zones = fc.constantFrom("UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");

describe("a cron expression", () => {
    it("means to AWS what it means to Unix, in six fields of which one day is ?", () => {
        fc.assert(
            fc.property(crons, ({ cron, minute, hour, month, day, weekday }) => {
                const text = awsCron(cron);
                const [minutes = "", hours = "", days = "", months = "", weekdays = "", year] = text
                    .slice("cron(".length, -1)
                    .split(" ");
                assert.ok(text.length <= 256, "EventBridge Scheduler takes 256 characters");
                assert.deepEqual(valuesOf(minutes, MINUTES), minute.values);
                assert.deepEqual(valuesOf(hours, HOURS), hour.values);
                assert.deepEqual(valuesOf(months, MONTHS), month.values);
                assert.equal(year, "*");
                assert.equal([days, weekdays].filter(each => each === "?").length, 1);
                if (days === "?")
                    assert.deepEqual(
                        weekdays.split(","),
                        weekday.values.map(each => DAY_NAMES[each]),
                    );
                else
                    assert.deepEqual(
                        valuesOf(days, DAYS).filter(each => isDayOf(each, month.values)),
                        day.values.filter(each => isDayOf(each, month.values)),
                    );
            }),
        );
    });

    it("is longest in AWS's form where no two neighbours are three", () => {
        const pairs = (from: number, to: number) =>
            Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((_, index) => index % 3 < 2);
        const cron = [pairs(0, 59), pairs(0, 23), pairs(1, 31), pairs(1, 12)].map(String).join(" ") + " *";
        assert.equal(cronFault(cron), undefined);
        assert.ok(awsCron(cron).length <= 256);
    });

    it("counts Sunday as 0 and as 7, and takes names", () => {
        assert.equal(awsCron("0 3 * * 7"), "cron(0 3 ? * SUN *)");
        assert.equal(awsCron("0 3 * * 5-7"), "cron(0 3 ? * SUN,FRI,SAT *)");
        assert.equal(awsCron("0 9 * JAN-MAR mon"), "cron(0 9 ? 1-3 MON *)");
        // Of months that have fewer days.
        assert.equal(awsCron("0 3 * 2,9 1"), "cron(0 3 ? 2,9 MON *)");
        assert.equal(awsCron("*/20 3 1,15 * *"), "cron(0,20,40 3 1,15 * ? *)");
    });

    it("may be one of five names", () => {
        assert.deepEqual(NICKNAMES.map(awsCron), [
            "cron(0 * * * ? *)",
            "cron(0 0 * * ? *)",
            "cron(0 0 ? * SUN *)",
            "cron(0 0 1 * ? *)",
            "cron(0 0 1 1 ? *)",
        ]);
    });

    it("that AWS cannot follow is refused, with what to write", () => {
        assert.match(cronFault("0 3 1 * 1") ?? "", /Write two, "0 3 1 \* \*" and "0 3 \* \* 1"/);
        for (const cron of [
            "0 3 * *",
            "0 0 3 * * *",
            "H 3 * * *",
            "0 3 L * *",
            "0 3 * * 1#2",
            "0 3 15W * *",
            "0 3 ? * *",
            "@reboot",
            "",
        ])
            assert.match(cronFault(cron) ?? "", /five fields as in/, cron);
        const told = [
            ["60 3 * * *", "minute: 0 to 59, which 60 is not"],
            ["0 3 0 * *", "day of the month: 1 to 31, which 0 is not"],
            ["0 3 * FOO *", "month: 1 to 12, or JAN to DEC, which FOO is not"],
            ["0 3 * * 1,8", "day of the week: 0 to 7, or SUN to SAT, which 8 is not"],
            ["0 3 * * FRI-MON", 'day of the week: the smaller end first, or two ranges, "FRI-SAT,SUN-MON"'],
            ["0 22-4 * * *", 'hour: the smaller end first, or two ranges, "22-23,0-4"'],
            ["*/0 * * * *", "minute: a step of at least 1"],
        ] as const;
        for (const [cron, allowed] of told) assert.equal(cronFault(cron), allowed);
        assert.match(cronFault("cron(0 3 * * ? *)") ?? "", /AWS's own form is made of it/);
        assert.match(cronFault("0 0 30 2 *") ?? "", /a day that one of its months has/);
    });
});

describe("a schedule", () => {
    it("is read in words, with its next three runs", () => {
        const schedule = { cron: "0 3 * * 1-5", timeZone: "Asia/Seoul" };
        assert.equal(inWords(schedule), "weekdays 03:00 Asia/Seoul");
        assert.deepEqual(nextRuns(schedule, NOW), ["Fri 27 Nov 03:00", "Mon 30 Nov 03:00", "Tue 1 Dec 03:00"]);
        assert.equal(inWords({ cron: "0 3 * * *", timeZone: "UTC" }), "every day 03:00 UTC");
        assert.equal(inWords({ cron: "*/15 * * * *", timeZone: "UTC" }), "every 15 minutes, UTC");
    });

    it("says the year of a run that is far away", () => {
        assert.deepEqual(nextRuns({ cron: "0 0 29 2 *", timeZone: "UTC" }, NOW, 2), [
            "Tue 29 Feb 2028 00:00",
            "Sun 29 Feb 2032 00:00",
        ]);
    });

    it("runs at what the clocks of its zone show and cron names, one after the other", () => {
        fc.assert(
            fc.property(
                crons,
                zones,
                fc.integer({ min: 0, max: 5 * 365 * 24 * 60 }),
                ({ cron, minute, hour }, timeZone, later) => {
                    const after = new Date(NOW.getTime() + later * 60_000);
                    for (const run of nextRuns({ cron, timeZone }, after)) {
                        const [, hours = "", minutes = ""] = /(\d\d):(\d\d)$/.exec(run) ?? [];
                        assert.ok(hour.values.includes(Number(hours)) && minute.values.includes(Number(minutes)), run);
                    }
                },
            ),
        );
    });

    it("leaves out a time that the clocks leave out", () => {
        const before = new Date("2027-03-27T12:00:00Z");
        const schedule = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
        assert.deepEqual(nextRuns(schedule, before, 2), ["Mon 29 Mar 02:30", "Tue 30 Mar 02:30"]);
        assert.deepEqual(nextRuns({ ...schedule, timeZone: "Asia/Seoul" }, before, 1), ["Sun 28 Mar 02:30"]);
    });

    it("tells what daylight saving does to it, and nothing where it does nothing", () => {
        const told = (cron: string, timeZone: string) => clockChanges({ cron, timeZone }, NOW);
        assert.deepEqual(told("30 2 * * *", "Europe/Berlin"), [
            "Sun 28 Mar 02:00 to 03:00 does not exist, and is skipped",
            "Sun 31 Oct 02:00 to 03:00 comes twice, and runs once",
        ]);
        assert.deepEqual(told("30 1 * * *", "America/New_York"), ["Sun 7 Nov 01:00 to 02:00 comes twice, and runs once"]);
        // By half an hour.
        assert.deepEqual(told("15 2 * * *", "Australia/Lord_Howe"), ["Sun 3 Oct 02:00 to 02:30 does not exist, and is skipped"]);
        for (const [cron, zone] of [
            ["0 3 * * *", "Europe/Berlin"],
            ["30 2 * * 1-5", "Europe/Berlin"],
            ["30 2 * * *", "Asia/Seoul"],
        ] as const)
            assert.deepEqual(told(cron, zone), []);
    });

    it("has a shortest gap and runs a month that its own runs bear out", () => {
        assert.deepEqual(
            ["0 3 * * *", "*/15 * * * *", "0 3,4 * * *", "55,0 * * * *", "0 0 1 * *", "0 3 * * 1"].map(shortestGapMinutes),
            [1440, 15, 60, 5, 28 * 1440, 7 * 1440],
        );
        assert.equal(shortestGapMinutes("0 0,23 * * *"), 60);
        assert.deepEqual(
            ["0 3 * * *", "*/15 * * * *", "0 3 * * 1"].map(cron => Math.round(runsPerMonth(cron) * 10) / 10),
            [30.4, 2920, 4.3],
        );
    });
});

describe("a time zone", () => {
    it("is one of the IANA database, no offset", () => {
        assert.deepEqual(["UTC", "Asia/Seoul", "Europe/Berlin"].filter(isTimeZone), ["UTC", "Asia/Seoul", "Europe/Berlin"]);
        assert.deepEqual(["Mars/Base", "+09:00", "", "KST9", "Asia/Seoul "].filter(isTimeZone), []);
    });

    it("has clocks that show what they show once, but for an hour in autumn", () => {
        fc.assert(
            fc.property(zones, fc.integer({ min: 0, max: 20 * 365 * 24 * 60 }), (timeZone, minutes) => {
                const clock = clockOf(timeZone);
                assert.ok(clock.shows(clock.wall(NOW.getTime() + minutes * 60_000)));
            }),
        );
    });
});
