import * as assert from "node:assert/strict";
import { timeLeft } from "../../../../tools/sandbox/engine/time-left";

const PARTS = [{ seconds: 180 }, { seconds: 60 }];
const MINUTE = 60_000;

describe("the time that a build still takes", () => {
    it("is what was measured, until this machine's speed is known", () => {
        assert.equal(timeLeft(PARTS, 0, 0, 0), "about 4 min left");
        assert.equal(timeLeft(PARTS, 0, 0.05, 5 * MINUTE), "about 4 min left");
    });

    it("follows this machine's speed", () => {
        assert.equal(timeLeft(PARTS, 0, 1 / 3, MINUTE), "about 3 min left");
        assert.equal(timeLeft(PARTS, 0, 1 / 3, 2 * MINUTE), "about 6 min left");
        assert.equal(timeLeft(PARTS, 1, 0, 1.5 * MINUTE), "less than a minute left");
    });

    it("is never less than nothing", () => {
        assert.equal(timeLeft(PARTS, 1, 1, 10 * MINUTE), "less than a minute left");
    });
});
