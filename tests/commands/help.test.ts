import assert from "node:assert/strict";
import { PROJECT_FOLDER } from "../../settings";
import { COMMANDS } from "../support/command-file";
import { run } from "../support/command-line";

describe("--help", () => {
    for (const name of COMMANDS) {
        it(`of ${name} tells how it is called, and does nothing`, async () => {
            const { code, output, errors } = await run(name, ["--help"]);
            assert.equal(code, 0, errors);
            assert.match(output, new RegExp(`^Usage: ${name} \\[options\\]`));
            assert.ok(!output.includes(PROJECT_FOLDER) && !output.includes("default: []"), output);
            if (!["bench", "types"].includes(name)) assert.match(output, /^Exit codes: 0 done, 1 failed/m);
            if (["plan", "cost", "review", "promote", "rollback", "drift"].includes(name)) assert.match(output, /, 2 \w/);
        });
    }
});
