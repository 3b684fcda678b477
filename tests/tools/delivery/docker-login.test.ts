import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { withLogin } from "../../../tools/delivery/docker-login";
import { copyImage } from "../../../tools/delivery/image-copy";

describe("a login of Docker's for a while", () => {
    const { PATH, DOCKER_CONFIG } = process.env;
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "docker-login-"));
        process.env["DOCKER_CONFIG"] = folder;
    });
    afterEach(() => {
        process.env["PATH"] = PATH;
        if (DOCKER_CONFIG === undefined) delete process.env["DOCKER_CONFIG"];
        else process.env["DOCKER_CONFIG"] = DOCKER_CONFIG;
        rmSync(folder, { recursive: true });
    });

    for (const signal of ["INT", "TERM", "HUP"])
        it(`is gone after SIG${signal} in the middle of a copy`, async () => {
            const file = path.join(folder, "docker");
            writeFileSync(
                file,
                `#!/bin/sh\nprintf %s "$DOCKER_CONFIG" >'${folder}/used'\nkill -${signal} ${process.pid}\nsleep 0.2\nexit 1\n`,
            );
            chmodSync(file, 0o755);
            process.env["PATH"] = `${folder}${path.delimiter}${PATH ?? ""}`;
            const copied = withLogin("a.example.com", "QVdTOng=", environment => copyImage("a@b", "c:d", environment));
            await assert.rejects(copied, /was not copied/);
            const used = readFileSync(path.join(folder, "used"), "utf8");
            assert.match(used, /fargate-docker-/);
            assert.ok(!existsSync(used), used);
        });

    it("tells nothing of other logins where their file cannot be read", async () => {
        writeFileSync(path.join(folder, "config.json"), '{"auths":{"a":{"auth":"s3cret",}}}');
        await assert.rejects(
            withLogin("a.example.com", "QVdTOng=", () => Promise.resolve()),
            (error: Error) => error.message.includes("config.json is no JSON") && !String(error.stack).includes("s3cret"),
        );
    });
});
