import * as assert from "node:assert/strict";
import fc from "fast-check";
import type { StackFiles } from "../../tools/cli/stack-files";
import { planReport } from "../../tools/plan/report";
import { filesWith, stackConfigs } from "../support/stack-grammar";
import { Session, openSession } from "./harness";

const SAMPLE = 20;
const STACK = "fuzz";

describe("stack files drawn from the schema, on the real engine", function () {
    this.timeout(20 * 60_000);
    let session: Session | undefined;
    after(() => session?.close());

    it("preview where they plan", async function () {
        // One preview takes ten seconds.
        if (process.env["ALL"] !== "1") this.skip();
        const sound: StackFiles[] = [];
        for (const config of fc.sample(stackConfigs(), { numRuns: 40 * SAMPLE, seed: 20_261_126 })) {
            if (sound.length === SAMPLE) break;
            const files = await planned(config);
            if (files !== undefined) sound.push(files);
        }
        const [first] = sound;
        assert.ok(first !== undefined && sound.length === SAMPLE, `${sound.length} files plan`);
        session = await openSession("engine-fuzz", STACK, first);
        for (const files of sound) {
            session.files = files;
            await session.configure();
            assert.notEqual((await session.preview()).length, 0, JSON.stringify(files.config));
        }
    });
});

/** The files of a stack that plans. */
async function planned(config: Readonly<Record<string, unknown>>): Promise<StackFiles | undefined> {
    try {
        const files = filesWith(STACK, config);
        await planReport(STACK, "2026-11-26", files);
        return files;
    } catch {
        return undefined;
    }
}
