import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder, find, findOrMake } from "../../../../tools/sandbox/engine/cache";
import { temporaryFolder, write } from "./folders";

const ENTRY = { name: "aws", stamp: "0123456789abcdef" };
const LOCK = "aws-0123456789abcdef.lock";
const DAY = 86_400_000;
/** More than any process of Linux has. */
const NOBODY = 4_194_305;

describe("the cache of what is built", () => {
    const folder = temporaryFolder();
    const make = async (aside: string) => {
        writeFileSync(path.join(aside, "half"), "");
        await sleep(5);
        writeFileSync(path.join(aside, "program"), "whole");
    };
    const age = (name: string, milliseconds: number) => {
        const then = new Date(Date.now() - milliseconds);
        utimesSync(path.join(folder(), name), then, then);
    };

    it("lies outside of the clone, where the user keeps caches", () => {
        assert.equal(cacheFolder({ XDG_CACHE_HOME: "/caches" }), "/caches/fargate-engine");
        // As the standard says of a relative path.
        for (const XDG_CACHE_HOME of [undefined, "", "caches"])
            assert.equal(cacheFolder({ XDG_CACHE_HOME }), path.join(homedir(), ".cache", "fargate-engine"));
    });

    it("has an entry whole, and makes it once where several ask for it at the same time", async () => {
        let times = 0;
        let finish: () => void = () => undefined;
        const finished = new Promise<void>(resolve => (finish = resolve));
        const ask = () =>
            findOrMake(
                ENTRY,
                async aside => {
                    times++;
                    await make(aside);
                    await finished;
                },
                { cache: folder() },
            );
        const asked = [ask(), ask(), ask()];
        await sleep(200);
        assert.equal(find(folder(), ENTRY), undefined);
        finish();
        const [made = "", ...same] = await Promise.all(asked);
        assert.deepEqual(same, [made, made]);
        assert.equal(times, 1);
        assert.deepEqual(readdirSync(made).sort(), ["half", "program"]);
        assert.deepEqual(readdirSync(folder()), [path.basename(made)]);
        await ask();
        assert.equal(times, 1);
    });

    it("keeps entries of other sources beside each other, until nobody has used one for a month or its maker has died", async () => {
        const stamps = ["aaaa", "bbbb", "cccc", "dddd"];
        const [a = "", b = "", c = ""] = stamps;
        for (const stamp of [a, b, c]) await findOrMake({ name: "aws", stamp }, make, { cache: folder() });
        for (const stamp of [a, b, c]) age(`aws-${stamp}`, 31 * DAY);
        find(folder(), { name: "aws", stamp: b });
        age("aws-cccc", 29 * DAY);
        write(path.join(folder(), `aws-eeee.partial-${NOBODY}`, "half"));
        write(path.join(folder(), `aws-ffff.partial-${process.ppid}`, "half"));
        write(path.join(folder(), "aws-docker-aaaa", "program"));
        age("aws-docker-aaaa", 31 * DAY);
        await findOrMake({ name: "aws", stamp: "dddd" }, make, { cache: folder() });
        assert.deepEqual(readdirSync(folder()).sort(), [
            "aws-bbbb",
            "aws-cccc",
            "aws-dddd",
            "aws-docker-aaaa",
            `aws-ffff.partial-${process.ppid}`,
        ]);
    });

    it("holds nothing of what could not be made, which the next one makes", async () => {
        const fails = async (aside: string) => {
            await make(aside);
            throw new Error("no space left");
        };
        await assert.rejects(findOrMake(ENTRY, fails, { cache: folder() }), /no space left/);
        assert.deepEqual(readdirSync(folder()), []);
        assert.ok(existsSync(path.join(await findOrMake(ENTRY, make, { cache: folder() }), "program")));
    });

    it("takes the lock of a killed process away at once, and begins anew", async function () {
        this.timeout(20_000);
        const script = `require("sucrase/register/ts");
            const { findOrMake } = require(${JSON.stringify(path.resolve("tools/sandbox/engine/cache.ts"))});
            findOrMake(${JSON.stringify(ENTRY)}, aside => {
                require("node:fs").writeFileSync(aside + "/half", "");
                process.stdout.write("began");
                return new Promise(resolve => setTimeout(resolve, 60000));
            }, { cache: ${JSON.stringify(folder())} });`;
        const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
        await once(child.stdout, "data");
        assert.equal(readFileSync(path.join(folder(), LOCK), "utf8"), String(child.pid));

        const waited: number[] = [];
        const second = findOrMake(ENTRY, make, { cache: folder(), onWait: pid => waited.push(pid) });
        await sleep(100);
        assert.deepEqual(waited, [child.pid]);
        child.kill("SIGKILL");
        await once(child, "close");
        const made = await second;
        assert.deepEqual(readdirSync(made).sort(), ["half", "program"]);
        assert.deepEqual(readdirSync(folder()), [path.basename(made)]);
    });

    it("takes the lock away that a process left whose pid another has now", async () => {
        write(path.join(folder(), LOCK), String(process.ppid));
        age(LOCK, 61_000);
        await findOrMake(ENTRY, make, { cache: folder() });
        write(path.join(folder(), "aws-ffff.lock"), String(NOBODY));
        await findOrMake({ name: "aws", stamp: "ffff" }, make, { cache: folder() });
        assert.deepEqual(readdirSync(folder()).sort(), ["aws-0123456789abcdef", "aws-ffff"]);
    });

    it("is waited for no longer than the command lives", async () => {
        write(path.join(folder(), LOCK), String(process.ppid));
        const abort = new AbortController();
        const waiting = findOrMake(ENTRY, make, { cache: folder(), signal: abort.signal });
        setTimeout(() => abort.abort(), 50);
        await assert.rejects(waiting, { name: "AbortError" });
        assert.deepEqual(readdirSync(folder()), [LOCK]);
    });
});
