import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import fc from "fast-check";
import { UserError } from "../../tools/cli/user-error";
import { planReport } from "../../tools/plan/report";
import { filesWith, stackConfigs } from "../support/stack-grammar";

/** By hand: `FUZZ=5000 npx mocha --no-config -r ts-node/register --timeout 0 tests/settings/fuzz.test.ts`, with another seed each time. */
const BY_HAND = process.env["FUZZ"];
const RUNS = BY_HAND === undefined ? { numRuns: 60, seed: 20_261_126 } : { numRuns: Number(BY_HAND) };

describe("a stack file drawn from the schema, sound or spoilt", () => {
    it("plans, or is refused in words", async () => {
        const ends = { planned: 0, refused: 0 };
        await fc.assert(
            fc.asyncProperty(stackConfigs(), async config => {
                try {
                    const { text } = await planReport("fuzz", "2026-11-26", filesWith("fuzz", config));
                    assert.doesNotMatch(text, /undefined|\[object|NaN/);
                    ends.planned += 1;
                } catch (error) {
                    if (!RunError.isInstance(error) && !(error instanceof UserError)) throw error;
                    assert.doesNotMatch(error.message, /undefined|\[object|\n {4}at |^$/);
                    assert.doesNotMatch(error.message, /[\u0000-\u0008\u000b-\u001f\u007f]/);
                    ends.refused += 1;
                }
            }),
            RUNS,
        );
        assert.ok(ends.planned > 5 && ends.refused > 5, JSON.stringify(ends));
    });
});
