import * as assert from "node:assert/strict";
import { EXAMPLES } from "../support/examples";
import { Session, isKeptOnPurpose, isNoProof, openSession } from "./harness";

describe("the examples, on the real engine", function () {
    this.timeout(10 * 60_000);

    for (const { name, files } of EXAMPLES) {
        describe(name, function () {
            this.bail(true);
            let session: Session;
            let untouched: unknown;

            before(async () => {
                session = await openSession(`engine-example-${name}`, name, files);
                untouched = (await session.emulator.resources()).filter(isNoProof);
            });
            after(() => session.close());

            it("comes up", async () => {
                assert.ok((await session.up()).length > 0);
            });

            it("previews empty, also after a refresh", async () => {
                assert.deepEqual(await session.preview(), []);
                assert.deepEqual(await session.preview({ refresh: true }), []);
            });

            it("goes down to nothing", async () => {
                await session.destroy();
                const left = (await session.emulator.resources()).filter(isNoProof);
                assert.deepEqual(
                    left.filter(one => !isKeptOnPurpose(one)),
                    untouched,
                );
            });
        });
    }
});
