import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../../settings";
import { command as promote } from "../../../tools/delivery/promote";
import { command as rollback } from "../../../tools/delivery/rollback";
import { command as smoke } from "../../../tools/deployed/smoke";
import { withUserPaths } from "../../../tools/deployed/engine";
import { engineFailure } from "../../../tools/deployed/next-step";
import { command as review } from "../../../tools/review/review";
import { call } from "../../support/command-line";
import { sample } from "../../support/sample";

describe("a stack that is not where it is looked for", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "sandbox-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("in a sandbox that never was is brought there by the sandbox, not by pulumi", async () => {
        const { code, errors } = await call(smoke, ["dev", "--sandbox-folder", path.join(folder, "none")]);
        assert.deepEqual([code, errors], [1, "dev is not in the sandbox. Next: npm run sandbox -- up dev\n"]);
    });

    it("in a sandbox that has another is so too", async () => {
        writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "");
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: fargate\n");
        const { errors } = await call(promote, ["prod", "dev", "--sandbox-folder", folder]);
        assert.equal(errors, "prod is not in the sandbox. Next: npm run sandbox -- up prod\n");
        const { errors: ended } = await call(promote, ["dev", "prod", "--sandbox-folder", folder]);
        assert.equal(ended, `No sandbox is up in ${folder}. Next: npm run sandbox -- up dev\n`);
    });

    it("and has no file either is told the nearest that has", async () => {
        const { errors } = await call(smoke, ["dve", "--sandbox-folder", folder]);
        assert.match(errors, /^There is no stack dve: .* did you mean dev\?/);
    });

    it("is told behind --sandbox without its digest being taken for a folder", async () => {
        await call(rollback, ["dev", "--sandbox", "sha256:0123456789ab"], { PATH: "/nonexistent" });
        assert.deepEqual(rollback.args, ["dev", "sha256:0123456789ab"]);
        assert.equal(rollback.opts<{ sandboxFolder?: string }>().sandboxFolder, undefined);
    });

    it("is asked for by name: without one the next step is told", async () => {
        const { code, errors } = await call(review, []);
        assert.equal(code, 1);
        assert.match(errors, /^error: missing <stack>\n+Next: npm run review -- --help\n/);
    });
});

describe("a file that an option of Pulumi's names", () => {
    const asked = process.env["INIT_CWD"];
    beforeEach(() => (process.env["INIT_CWD"] = PROJECT_FOLDER));
    afterEach(() => {
        if (asked === undefined) delete process.env["INIT_CWD"];
        else process.env["INIT_CWD"] = asked;
    });

    it("is looked for where npm was called, though the CLI starts in a sandbox", () => {
        const policy = path.join(PROJECT_FOLDER, "policy");
        assert.deepEqual(withUserPaths(["--policy-pack", "policy", "--diff"]), ["--policy-pack", policy, "--diff"]);
        assert.deepEqual(withUserPaths(["--policy-pack=policy,/b", "--message=policy"]), [
            `--policy-pack=${policy},/b`,
            "--message=policy",
        ]);
        process.env["INIT_CWD"] = path.join(PROJECT_FOLDER, "docs");
        assert.deepEqual(withUserPaths(["--save-plan", "../plan.json"]), ["--save-plan", path.join(PROJECT_FOLDER, "plan.json")]);
    });
});

describe("a failure of the engine", () => {
    const place = { folder: "", stack: "dev", pulumi: "", files: sample("dev") };

    for (const [said, next] of [
        [
            "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
            "pulumi login, or pulumi login --local",
        ],
        ["error: no stack named 'dev' found", "pulumi stack init dev"],
        [
            "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE",
            "set PULUMI_CONFIG_PASSPHRASE",
        ],
        ["error: No valid credential sources found.", "aws sso login"],
        ["Cannot find module '@pulumi/awsx'", "npm ci"],
        ["error: the stack is currently locked by 1 lock(s)", "pulumi cancel --stack dev"],
    ] as const) {
        it(`has the next step in its first line: ${next}`, () => {
            const [first = "", ...rest] = engineFailure("The state of dev cannot be read:", said, place).split("\n");
            assert.match(first, /^The state of dev cannot be read: .*\. Next: /);
            assert.ok(first.includes(next), first);
            assert.deepEqual(rest, [said]);
        });
    }

    it("in a sandbox is mended there", () => {
        const told = engineFailure("The state of dev cannot be read:", "error: no stack named 'dev' found", {
            ...place,
            isSandbox: true,
        });
        assert.match(told, /Next: npm run sandbox -- up dev\n/);
    });

    it("that nobody knows is told as it is", () => {
        assert.equal(
            engineFailure("pulumi preview of dev ended with 1:", "error: x", place),
            "pulumi preview of dev ended with 1:\nerror: x",
        );
    });
});
