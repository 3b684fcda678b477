import assert from "node:assert/strict";
import fc from "fast-check";
import { meet, sharesOf } from "../../model/timetable";

const at = (cron: string, timeZone = "UTC") => ({ cron, timeZone });

/** Schedules that are due once on some days of the week. */
const weekly = fc
    .record({
        hour: fc.integer({ min: 0, max: 23 }),
        days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        timeZone: fc.constantFrom("UTC", "Asia/Seoul", "Europe/Berlin"),
    })
    .map(({ hour, days, timeZone }) => at(`0 ${hour} * * ${days.join(",")}`, timeZone));

describe("two schedules", () => {
    it("meet where some day and time is of both", () => {
        assert.equal(meet(at("0 8 * * *"), at("0 8 * * 1-5")), true);
        assert.equal(meet(at("0 8 * * 1-5"), at("0 8 * * 6,0")), false);
        assert.equal(meet(at("0 8 * * *"), at("30 8 * * *")), false);
        // The first of a month is a Monday in some year.
        assert.equal(meet(at("0 8 1 2 *"), at("0 8 * * 1")), true);
        assert.equal(meet(at("0 8 31 * *"), at("0 8 30 * *")), false);
    });

    it("meet across time zones where their clocks say so", () => {
        assert.equal(meet(at("0 9 * * *", "Asia/Seoul"), at("0 0 * * *")), true);
        assert.equal(meet(at("0 8 * * *", "Asia/Seoul"), at("0 8 * * *")), false);
        // In winter only.
        assert.equal(meet(at("0 9 * * *", "Europe/Berlin"), at("0 8 * * *")), true);
    });

    it("meet or not whichever is named first, and each meets itself", () => {
        fc.assert(
            fc.property(weekly, weekly, (one, other) => {
                assert.equal(meet(one, other), meet(other, one));
                assert.equal(meet(one, one), true);
            }),
            { numRuns: 20 },
        );
    });
});

describe("the share of the year that a schedule's limits hold for", () => {
    const hours = (share: number | undefined) => Math.round((share ?? 0) * 24 * 100) / 100;

    it("is the time until the next one is due", () => {
        assert.deepEqual(sharesOf([at("0 8 * * *"), at("0 20 * * *")]).map(hours), [12, 12]);
        assert.deepEqual(sharesOf([at("0 6 * * *"), at("0 22 * * *")]).map(hours), [16, 8]);
    });

    it("lasts over a weekend", () => {
        const [day = 0, night = 0] = sharesOf([at("0 8 * * 1-5"), at("0 20 * * *")]);
        assert.ok(Math.abs(day - 60 / 168) < 0.002, String(day));
        assert.ok(Math.abs(day + night - 1) < 1e-9);
    });

    it("is the whole year together", () => {
        fc.assert(
            fc.property(fc.array(weekly, { minLength: 1, maxLength: 3 }), schedules => {
                const sum = sharesOf(schedules).reduce((total, share) => total + share, 0);
                assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
            }),
            { numRuns: 20 },
        );
    });
});
