import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { BadIgnoreFile, linksWithoutEnd, sentBelow, sentFiles } from "../../model/build-context";
import { IgnoreRules } from "../../model/docker-ignore";
import { plant } from "../fixtures/docker-ignore/trees";

describe("what is sent of a build's context", () => {
    let context = "";
    afterEach(() => fs.rmSync(context, { recursive: true, force: true }));

    it("is not looked for in an ignored folder that no exception reaches into", () => {
        const looks = (ignore: string) => IgnoreRules.read(Buffer.from(ignore)).maySendBelow("node_modules");
        assert.ok(!looks("node_modules"));
        assert.ok(!looks("node_modules\n!server.js\n!lib/*"));
        assert.ok(looks("node_modules\n!node_modules/a"));
        assert.ok(looks("node_modules\n!**/*.md"));
    });

    it("has the file that is named by the Dockerfile before the context's own for its rules", () => {
        context = plant(["Dockerfile", "a", "b"]);
        fs.writeFileSync(at(".dockerignore"), "a\n.*\n");
        assert.deepEqual(sent(), ["Dockerfile", "b"]);
        fs.writeFileSync(at("Dockerfile.dockerignore"), "b\n*.dockerignore\n");
        assert.deepEqual(sent(), ["Dockerfile", "a"]);
        fs.writeFileSync(at("Dockerfile.dockerignore"), "");
        assert.ok(sent().includes("b"), "an empty one counts");
    });

    it("has a link straight to a file of its folder for its rules, and no other", () => {
        for (const target of ["rules", "./rules", "docker/../rules", "docker/rules"]) {
            link(target);
            assert.ok(!sent().includes("a"), target);
        }
        const outside = [
            "../rules",
            "docker/../../x/rules",
            path.join(context, "rules"),
            "docker",
            "nowhere",
            "second",
            "folder/rules",
        ];
        for (const target of outside) {
            link(target);
            assert.throws(sent, BadIgnoreFile, target);
        }
        fs.rmSync(at(".dockerignore"));
        fs.mkdirSync(at(".dockerignore"));
        assert.throws(sent, BadIgnoreFile);
    });

    it("is looked through for links to pipes and devices, which nobody who opens them comes back from", () => {
        context = plant([
            "Dockerfile",
            "a",
            "b/",
            "file -> a",
            "folder -> b",
            "nowhere -> x",
            "loop -> loop",
            "zero -> /dev/zero",
        ]);
        const found = () => linksWithoutEnd({ context, dockerfile: at("Dockerfile") });
        assert.deepEqual(found(), ["zero"]);
        execFileSync("mkfifo", [at("pipe")]);
        fs.symlinkSync("../pipe", at("b/pipe"));
        assert.deepEqual(found(), ["b/pipe", "zero"]);
        fs.writeFileSync(at(".dockerignore"), "**/pipe\nzero\n");
        assert.deepEqual(found(), []);
    });

    it("leaves out an ignored folder that nobody may read", function () {
        if (process.getuid?.() === 0) this.skip();
        context = plant(["data/x", "server.js"]);
        fs.chmodSync(at("data"), 0);
        const below = (ignore: string) => sentBelow(context, IgnoreRules.read(Buffer.from(ignore))).map(({ path: name }) => name);
        assert.deepEqual(below("data\n!**/*.md"), ["server.js"]);
        assert.throws(() => below(""), /EACCES/);
        fs.chmodSync(at("data"), 0o700);
    });

    function link(target: string): void {
        fs.rmSync(context, { recursive: true, force: true });
        context = plant(["Dockerfile", "a", "docker/", "folder -> docker", "second -> rules"]);
        for (const name of ["rules", "docker/rules"]) fs.writeFileSync(at(name), "a\n");
        fs.symlinkSync(target.startsWith(os.tmpdir()) ? at("rules") : target, at(".dockerignore"));
    }

    function at(name: string): string {
        return path.join(context, name);
    }

    function sent(): string[] {
        return sentFiles({ context, dockerfile: at("Dockerfile") }).map(({ path: name }) => name);
    }
});
