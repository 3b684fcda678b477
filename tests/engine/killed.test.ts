import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { sample } from "../support/sample";
import { SandboxCopy } from "./sandbox-copy";

/** A command's children are found by what the kernel says of processes. */
const HAS_PROC = existsSync("/proc/self/environ");

const ALL = process.env["ALL"] === "1";

interface Case {
    /** When the command is killed, with all that it started. */
    readonly name: string;
    readonly killed: "up" | "preview" | "destroy";
    /** Whether the moment has come: by what the command left to see, never by the clock. */
    readonly moment: () => boolean | Promise<boolean>;
    readonly withEmulator?: true;
    readonly next: "up" | "preview" | "destroy";
    /** What the next command says of it; nothing where there is nothing to say. */
    readonly says?: RegExp;
    /** Among the three that every run tries. */
    readonly daily?: true;
    readonly before?: () => Promise<void>;
    readonly after?: () => Promise<void>;
}

const DIED = /emulator has died, and with it what dev had in it/;
/** What the sandbox makes for the stack beforehand: all that is left of it. */
const SEEDED = [{ service: "ecr", type: "repository", id: "sandbox/web" }];
const LOCK = /dev was left in the middle by a command that was killed: its lock is taken away/;

describe("a sandbox command that is killed with its children", function () {
    this.timeout(15 * 60_000);
    this.bail(true);
    let sandbox: SandboxCopy;

    before(function () {
        if (HAS_PROC) sandbox = new SandboxCopy(sample("dev"));
        else {
            console.log("      skipped: a command's children are found by /proc, which is not here");
            this.skip();
        }
    });
    after(() => HAS_PROC && sandbox.close());

    const log = (pattern: RegExp) => () => pattern.test(sandbox.engineLog());
    const exists = async (type: string) => (await sandbox.look()).some(resource => resource.type === type);

    const CASES: readonly Case[] = [
        {
            name: "before its lock",
            killed: "up",
            moment: () => existsSync(path.join(sandbox.folder, "emulator.log")),
            withEmulator: true,
            next: "preview",
        },
        {
            name: "in its midst",
            killed: "preview",
            moment: log(/ec2:Vpc network create/),
            withEmulator: true,
            next: "destroy",
            says: DIED,
            daily: true,
        },
        {
            name: "with its lock, and nothing made",
            killed: "up",
            moment: () => sandbox.hasLock(),
            withEmulator: true,
            next: "preview",
            says: DIED,
        },
        {
            name: "while it makes the network",
            killed: "up",
            moment: () => exists("subnet"),
            next: "preview",
            says: LOCK,
            daily: true,
        },
        {
            name: "of what is half made",
            killed: "destroy",
            moment: log(/ deleted /),
            withEmulator: true,
            next: "destroy",
            says: DIED,
            daily: true,
        },
        {
            name: "while it waits for the load balancer",
            killed: "up",
            moment: log(/LoadBalancer load-balancer creating/),
            withEmulator: true,
            next: "up",
            says: DIED,
        },
        {
            name: "while a service rolls out",
            killed: "up",
            before: async () => {
                const services = JSON.parse(sample("dev").config["fargate:services"] ?? "") as Record<string, object>;
                const web = { ...services["web"], environment: { LOG_LEVEL: "trace" } };
                sandbox.configure({ "fargate:services": JSON.stringify({ ...services, web }) });
                await sandbox.ask("POST", "/sandbox/ecs/outcome", { service: "web*", status: "IN_PROGRESS" });
            },
            moment: () => /\bUpdateService\b/.test(sandbox.read("emulator.log")),
            after: () => sandbox.ask("POST", "/sandbox/ecs/outcome", { service: "web*", status: "SUCCESSFUL", now: true }),
            next: "up",
            says: /its lock is taken away, and 1 resource in the making looked at anew/,
        },
        {
            name: "with nothing to do",
            killed: "preview",
            moment: log(/previewing update/),
            next: "preview",
        },
        { name: "at its beginning", killed: "destroy", moment: log(/ecs:Service web deleting/), next: "up", says: LOCK },
        {
            name: "once the load balancer is gone",
            killed: "destroy",
            moment: log(/LoadBalancer load-balancer deleted/),
            next: "destroy",
            says: LOCK,
        },
    ];

    for (const { name, killed, moment, withEmulator = false, next, says, daily, ...around } of CASES) {
        if (!ALL && !daily) continue;

        it(`${killed}, ${name}${withEmulator ? ", and the emulator too" : ""}: the next ${next} goes on`, async () => {
            await around.before?.();
            await sandbox.kill([killed, "dev"], moment, withEmulator);
            await around.after?.();
            const { code, output } = await sandbox.run(next, "dev");
            assert.equal(code, 0, output);
            if (says === undefined) assert.doesNotMatch(output, /died|killed/);
            else assert.equal(output.split("\n").filter(line => says.test(line)).length, 1, output);
            assert.doesNotMatch(output, /\n {4}at /, "a stack trace");
            if (next === "up") await isSettled();
            if (next === "destroy") {
                isGone();
                if (!withEmulator) assert.deepEqual(sandbox.held, SEEDED);
            }
        });
    }

    async function isSettled(): Promise<void> {
        const { code, output } = await sandbox.run("preview", "dev");
        assert.equal(code, 0, output);
        assert.match(output, /No changes: \d+ resources are as declared\./);
    }

    function isGone(): void {
        assert.deepEqual(sandbox.emulators(), []);
        assert.equal(existsSync(path.join(sandbox.folder, "state")), false);
    }
});
