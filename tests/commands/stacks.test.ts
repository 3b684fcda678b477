import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../settings";
import { run } from "../support/command-line";
import { blockUnder } from "../workflows/delivery-docs";

/** What expects things of the project's own stacks. */
const TESTS = ["tests/workflows/rules.test.ts", "tests/bootstrap/settings.test.ts", "tests/tools/policy/section.test.ts"];

const CHAINS: Readonly<Record<string, readonly string[]>> = {
    "dev → staging → prod, as docs/delivery.md says": [blockUnder("Another stack").trim().replace("npm run stack -- ", "")],
    "dev → eu-prod and us-prod, beside prod": [
        "add eu-prod --beside prod --like prod --domain eu.example.com",
        "add us-prod --beside eu-prod --like prod --domain us.example.com",
    ],
};

describe("a project with further stacks", () => {
    for (const [chain, commands] of Object.entries(CHAINS)) {
        it(`passes its tests, and is formatted: ${chain}`, async function () {
            this.timeout(400_000);
            const folder = mkdtempSync(path.join(tmpdir(), "stacks-"));
            try {
                const isLeftOut = (part: string) => ["node_modules", ".git", ".sandbox"].includes(part);
                const filter = (source: string) => !path.relative(PROJECT_FOLDER, source).split(path.sep).some(isLeftOut);
                cpSync(PROJECT_FOLDER, folder, { recursive: true, filter });
                symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
                for (const command of commands) {
                    const { code, errors } = await run("stack", command.split(" "), {}, folder);
                    assert.equal(code, 0, errors);
                }
                await inFolder(folder, "mocha", "--no-config", "-r", "ts-node/register", "--timeout", "60000", ...TESTS);
                await inFolder(folder, "prettier", "--check", "*.yaml", "bootstrap/*.yaml", ".github");
            } finally {
                rmSync(folder, { recursive: true, force: true });
            }
        });
    }
});

/** A program of the packages. @throws where it ends otherwise than with 0, with what it said */
async function inFolder(folder: string, program: string, ...args: readonly string[]): Promise<void> {
    const file = path.join(folder, "node_modules", ".bin", program);
    await promisify(execFile)(file, args, { cwd: folder, maxBuffer: 10_000_000 }).catch((error: unknown) => {
        const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
        assert.fail(`${program}:\n${stdout}\n${stderr}`);
    });
}
