import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import packageJson from "../../package.json";
import { PROJECT_FOLDER } from "../../settings";
import { run } from "../support/command-line";
import { projectCopy } from "../support/project-copy";

describe("a machine or a clone that lacks something", () => {
    let copy: string;
    before(() => (copy = projectCopy([])));
    after(() => rmSync(copy, { recursive: true, force: true }));

    it("of the packages is told to install them, before anything else", async () => {
        await rm(path.join(copy, "node_modules"));
        const all = await run("plan", ["dev"], {}, copy);
        assert.equal(all.code, 1);
        assert.match(all.errors, /^Packages are not installed: @aws-sdk\/\S+, .*, …\. Next: npm ci\n$/);
        const mocha = await started(["tools/cli/start.js"], copy);
        assert.match(mocha, /Next: npm ci\n$/);
    });

    it("of one package is told which", async () => {
        for (const name of Object.keys(packageJson.dependencies).filter(other => other !== "yaml")) {
            mkdirSync(path.join(copy, "node_modules", name), { recursive: true });
            writeFileSync(path.join(copy, "node_modules", name, "package.json"), "{}");
        }
        const { errors } = await run("plan", ["dev"], {}, copy);
        assert.equal(errors, "Packages are not installed: yaml. Next: npm ci\n");
    });

    it("of a newer Node is told so", async () => {
        const folder = mkdtempSync(path.join(tmpdir(), "node-"));
        try {
            const old = path.join(folder, "old.js");
            writeFileSync(
                old,
                'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } });',
            );
            const told = await started(["-r", old, "-r", "./tools/cli/start.js", "tools/plan/plan.ts", "dev"], PROJECT_FOLDER);
            assert.equal(told, "Node 18.20.4 is too old. Next: install Node 22 or newer, https://nodejs.org\n");
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("of every stack file is told how to have one", async () => {
        const empty = projectCopy([]);
        try {
            for (const stack of ["dev", "prod"]) rmSync(path.join(empty, `Pulumi.${stack}.yaml`));
            const { code, errors } = await run("plan", [], {}, empty);
            assert.equal(code, 1);
            assert.match(
                errors,
                /^There is no stack dev: Pulumi\.dev\.yaml does not exist\. No stack has a file\. Next: git checkout/,
            );
        } finally {
            rmSync(empty, { recursive: true, force: true });
        }
    });
});

/** What Node says on stderr. */
function started(args: readonly string[], cwd: string): Promise<string> {
    return new Promise(resolve => {
        execFile(process.execPath, args, { cwd, env: { PATH: process.env["PATH"] } }, (_, __, stderr) => resolve(stderr));
    });
}
