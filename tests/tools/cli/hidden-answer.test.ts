import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../../settings";

const TERMINAL = path.join(__dirname, "..", "..", "support", "terminal.py");
const DRIVER = path.join(__dirname, "hidden-answer-driver.ts");
const ANSWER = "s3cret-v4lue";

/** What a terminal shows when this is typed as soon as it is asked for. */
async function typed(text: string): Promise<string> {
    const command = [process.execPath, "-r", "sucrase/register/ts", DRIVER];
    const { stdout } = await promisify(execFile)("python3", [TERMINAL, "80", "hidden: ", ...command], {
        cwd: PROJECT_FOLDER,
        env: { PATH: process.env["PATH"], TYPED: text },
    });
    const { shown, code } = JSON.parse(stdout) as { readonly shown: string; readonly code: number };
    assert.equal(code, 0, shown);
    assert.ok(!shown.includes(ANSWER), shown);
    return shown.replaceAll("\r\n", "\n");
}

describe("an answer that nobody is to see", function () {
    this.timeout(20_000);

    it("is what was typed until Enter, as it was corrected, and is not shown", async () => {
        assert.equal(await typed(`${ANSWER}xyé\u007f\b\u007fz\r`), `hidden: \nanswered ${ANSWER.length + 1}, ends with z\n`);
    });

    it("is none with a key that writes nothing, which would be a part of it unseen", async () => {
        for (const key of ["\u001b[D", "\u0015"])
            assert.match(await typed(`${ANSWER}${key}x\r`), /refused: A key was pressed that writes nothing/);
        assert.match(await typed(`${ANSWER}\tx\r`), /answered 14/);
    });

    it("is none where whoever is asked gives up, or pastes more than a line", async () => {
        for (const key of ["\u0003", "\u0004"])
            assert.equal(await typed(`${ANSWER}${key}`), "hidden: \nrefused: Nothing was given, and nothing done.\n");
        assert.match(
            await typed(`${ANSWER}\nmore\n`),
            /refused: Several lines were given, and nothing done\. Next: hand them over/,
        );
        assert.match(await typed(`${ANSWER}\r\n`), /answered 12/);
    });
});
