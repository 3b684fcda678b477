import assert from "node:assert/strict";
import { COMMANDS } from "../support/command-file";
import { run } from "../support/command-line";

describe("--help", () => {
    for (const name of COMMANDS) {
        it(`of ${name} tells how it is called, and does nothing`, async () => {
            const { code, output, errors } = await run(name, ["--help"]);
            assert.equal(code, 0, errors);
            assert.match(output, new RegExp(`^Usage: ${name} \\[options\\]`));
        });
    }
});
