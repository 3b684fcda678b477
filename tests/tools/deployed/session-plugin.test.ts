import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { holdSession, pluginArguments, requirePlugin } from "../../../tools/deployed/session-plugin";

const OPENED = {
    session: { sessionId: "ecs-execute-command-1", streamUrl: "wss://ssmmessages/x", tokenValue: "AAEC" },
    region: "ap-northeast-2",
    cluster: "shop-prod",
    task: "0123",
    runtimeId: "0123-456",
    url: "https://ecs.ap-northeast-2.amazonaws.com",
};

describe("session-manager-plugin", () => {
    const { PATH } = process.env;
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "session-plugin-"));
    });
    afterEach(() => {
        process.env["PATH"] = PATH;
        rmSync(folder, { recursive: true });
    });

    /** A plugin that writes down what it was started with, and does as told. */
    function install(does: string): void {
        const file = path.join(folder, "session-manager-plugin");
        writeFileSync(file, `#!/bin/sh\nfor word in "$@"; do printf '%s\\n' "$word"; done >'${folder}/told'\n${does}\n`);
        chmodSync(file, 0o755);
        process.env["PATH"] = `${folder}${path.delimiter}${PATH ?? ""}`;
    }

    it("that is not there is told with how to get it", async () => {
        process.env["PATH"] = folder;
        await assert.rejects(
            requirePlugin(),
            /^Error: session-manager-plugin is not on the PATH.*\n +macOS +brew install .*\n +others +https:/,
        );
    });

    it("that is there may end as it likes when it is asked for", async () => {
        install("exit 1");
        await requirePlugin();
    });

    it("gets what AWS CLI gives it", () => {
        assert.deepEqual(pluginArguments({ ...OPENED, profile: "shop" }), [
            '{"sessionId":"ecs-execute-command-1","streamUrl":"wss://ssmmessages/x","tokenValue":"AAEC"}',
            "ap-northeast-2",
            "StartSession",
            "shop",
            '{"Target":"ecs:shop-prod_0123_0123-456"}',
            "https://ecs.ap-northeast-2.amazonaws.com",
        ]);
        assert.equal(pluginArguments(OPENED)[3], "");
    });

    it("holds the session until it ends, and its exit code is the command's", async () => {
        install("exit 7");
        assert.equal(await holdSession(OPENED), 7);
        assert.deepEqual(readFileSync(path.join(folder, "told"), "utf8").split("\n").slice(0, -1), pluginArguments(OPENED));
    });

    it("gets the session's token where nobody else on the machine sees it, if it knows how", async () => {
        const token = `printf %s "$AWS_SSM_START_SESSION_RESPONSE" >'${folder}/token'`;
        const told = async (version: string) => {
            install(`if [ "$1" = --version ]; then echo ${version}; else ${token}; fi`);
            assert.equal(await holdSession(OPENED), 0);
            return ["told", "token"].map(name => readFileSync(path.join(folder, name), "utf8"));
        };
        const [session = "", ...others] = pluginArguments(OPENED);
        for (const version of ["1.2.536.0", "1.2.707.0", "1.10.0.0", "2.0.0.0"])
            assert.deepEqual(await told(version), [["AWS_SSM_START_SESSION_RESPONSE", ...others, ""].join("\n"), session]);
        for (const version of ["1.2.497.0", "1.1.999.0", "unknown"])
            assert.deepEqual(await told(version), [[session, ...others, ""].join("\n"), ""]);
        assert.equal(process.env["AWS_SSM_START_SESSION_RESPONSE"], undefined);
    });

    it("gets Ctrl-C for itself, and no handler stays", async () => {
        const before = process.listenerCount("SIGINT");
        // As a terminal would send it to both.
        install(`kill -INT ${process.pid}; kill -QUIT ${process.pid}; exit 0`);
        assert.equal(await holdSession(OPENED), 0);
        assert.equal(process.listenerCount("SIGINT"), before);
    });
});
