import assert from "node:assert/strict";
import { difference } from "../../../tools/review/difference";

describe("a difference in a review", () => {
    const shown = (before: string, after: string) => {
        const { before: old, after: next } = difference("value", before, after);
        return [old, next];
    };

    it("is cut where it is the same, and not where it differs", () => {
        const same = "a ".repeat(30);
        assert.deepEqual(shown("x", "y"), ["x", "y"]);
        assert.deepEqual(shown(`${same}one`, `${same}two`), [`…${same.slice(-10)}one`, `…${same.slice(-10)}two`]);
        assert.deepEqual(shown(same, `${same}two`), [`…${same.slice(-10)}`, `…${same.slice(-10)}two`]);
        assert.deepEqual(shown(`one${same}`, `two${same}`), [`one${same.slice(0, 37)}…`, `two${same.slice(0, 37)}…`]);
    });

    it("that nobody would see is told without values", () => {
        assert.deepEqual(shown("a  b", "a b"), [undefined, undefined]);
        assert.deepEqual(shown("", '""'), [undefined, undefined]);
        assert.equal(difference("value", "a  b", "a b").kind, "changed");
    });
});
