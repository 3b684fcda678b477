import assert from "node:assert/strict";
import { scalingDifferences } from "../../../tools/review/scaling";
import { differenceText } from "../../../tools/review/words";

const BASE = { min: 2, max: 20, cpuPercent: 60 };
const DAY = { cron: "0 8 * * 1-5", timeZone: "Asia/Seoul", min: 4, max: 20 };
const NIGHT = { cron: "0 20 * * *", timeZone: "Asia/Seoul", min: 0, max: 0 };
const SCHEDULED = { ...BASE, schedules: [DAY, NIGHT] };

const told = (before: object, after: object) =>
    scalingDifferences(before, after).map(difference => differenceText(difference, value => value));

describe("what a review says of scaling", () => {
    it("names schedules by their time, with what holds from then on", () => {
        assert.deepEqual(told(BASE, SCHEDULED), [
            "scaling every day 20:00 Asia/Seoul added (no task)",
            "scaling weekdays 08:00 Asia/Seoul added (4 to 20 tasks)",
        ]);
        assert.deepEqual(told(SCHEDULED, { ...BASE, schedules: [{ ...DAY, min: 6 }, NIGHT] }), [
            "scaling weekdays 08:00 Asia/Seoul 4 to 20 tasks→6 to 20 tasks",
        ]);
    });

    it("says when limits hold where that is not now", () => {
        assert.deepEqual(told(SCHEDULED, { ...SCHEDULED, max: 30 }), [
            "scaling max 20→30",
            "limits hold from the next schedule on",
        ]);
        assert.deepEqual(told(SCHEDULED, BASE).slice(2), [
            "limits stay as the last schedule left them until an update with --refresh",
        ]);
        assert.deepEqual(told(BASE, { ...BASE, max: 30 }), ["scaling max 20→30"]);
    });

    it("names steps by their CPU, and cooldowns", () => {
        const burst = { ...BASE, steps: [{ cpuPercent: 80, add: 3 }], cooldown: { outSeconds: 30 } };
        assert.deepEqual(told(BASE, burst), ["scaling cooldown.outSeconds added (30)", "scaling from 80 % CPU added (+3)"]);
    });
});
