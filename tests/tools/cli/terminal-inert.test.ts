import assert from "node:assert/strict";
import { Command } from "commander";
import { print } from "../../../tools/cli/command";
import { UserError } from "../../../tools/cli/user-error";
import { call } from "../../support/command-line";

const HOSTILE = "a\u001b[2J\u202e\n::error::b";
const INERT = "a\\u001b[2J\\u202e\n\\u003a:error::b\n";

describe("whatever a command has to show", () => {
    const command = (action: () => void) => new Command("test").option("--json").action(action);

    it("does nothing to a terminal or a workflow", async () => {
        const { output } = await call(
            command(() => print({ text: HOSTILE, exitCode: 0 })),
            [],
        );
        assert.equal(output, INERT);
    });

    it("is the same data with --json", async () => {
        const { output } = await call(
            command(() => print({ text: "", data: { a: HOSTILE }, exitCode: 0 }, true)),
            [],
        );
        assert.deepEqual(JSON.parse(output), { a: HOSTILE });
        assert.doesNotMatch(output, /\u202e/);
    });

    it("nor does an error", async () => {
        const failing = command(() => {
            throw new UserError(HOSTILE);
        });
        assert.equal((await call(failing, [])).errors, INERT);
        assert.match((await call(failing, ["--a\u001b[2J"])).errors, /unknown option '--a\\u001b\[2J'/);
    });
});
