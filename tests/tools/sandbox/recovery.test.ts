import assert from "node:assert/strict";
import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { UserError } from "../../../tools/cli/user-error";
import type { Existing } from "../../../tools/sandbox/emulator";
import { destroyedAlready, isBusy, recover } from "../../../tools/sandbox/recovery";

/** A pid of a process that ended, and whose parent has not asked after it. */
const PARENT_OF_A_ZOMBIE =
    "import subprocess, sys; child = subprocess.Popen(['true']); print(child.pid, flush=True); sys.stdin.read()";

const EXISTING: readonly Existing[] = [
    { service: "iam", type: "role", id: "arn:aws:iam::123456789012:role/shop-web" },
    { service: "iam", type: "role", id: "arn:aws:iam::123456789012:role/shop-web-execution" },
    { service: "ecr", type: "repository", id: "shop-web" },
    { service: "ec2", type: "subnet", id: "subnet-1" },
];

describe("what a killed sandbox command left", () => {
    let folder: string;
    const removed: Existing[] = [];
    const children: ChildProcess[] = [];
    const lock = () => path.join(folder, "state", ".pulumi", "locks", "organization", "shop", "dev", "lock.json");

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "recovery-"));
    });
    afterEach(() => {
        for (const child of children.splice(0)) child.kill("SIGKILL");
        rmSync(folder, { recursive: true });
    });

    function lockedBy(pid: number): void {
        mkdirSync(path.dirname(lock()), { recursive: true });
        writeFileSync(lock(), JSON.stringify({ pid, timestamp: "2026-11-26T05:00:00Z" }));
    }

    async function start(command: string, ...args: string[]): Promise<ChildProcess & { pid: number }> {
        const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
        children.push(child);
        await once(child, "spawn");
        return child as typeof child & { pid: number };
    }

    /** A process that is called as Pulumi's CLI is. */
    async function pulumi(): Promise<number> {
        const program = path.join(folder, "pulumi");
        copyFileSync(process.execPath, program);
        return (await start(program, "-e", "process.stdin.resume()")).pid;
    }

    function recovered(pending: readonly object[], refreshed: () => void = () => undefined): Promise<string | undefined> {
        const stack = {
            name: "dev",
            exportStack: () => Promise.resolve({ deployment: { pending_operations: pending } }),
            refresh: () => Promise.resolve(refreshed()),
        } as unknown as Stack;
        const emulator = {
            resources: () => Promise.resolve(EXISTING),
            remove: (things: readonly Existing[]) => Promise.resolve(void removed.push(...things)),
        };
        return recover({ folder, project: "shop", stack, emulator, onOutput: () => undefined });
    }

    it("is its lock, which goes with one line", async () => {
        const child = await start("true");
        await once(child, "exit");
        lockedBy(child.pid);
        assert.match(
            (await recovered([])) ?? "",
            /^ {2}dev was left in the middle by a command that was killed: its lock is taken away$/,
        );
        assert.equal(existsSync(lock()), false);
        assert.equal(await recovered([]), undefined);
    });

    it("is what it had begun, which is refreshed", async () => {
        let times = 0;
        const pending = [
            { type: "creating", resource: { type: "aws:iam/role:Role", inputs: { name: "shop-web" } } },
            { type: "updating", resource: { type: "aws:ecr/repository:Repository", inputs: { name: "shop-web" } } },
            { type: "creating", resource: { type: "aws:ec2/subnet:Subnet", inputs: { cidrBlock: "10.0.0.0/24" } } },
        ];
        assert.equal(
            await recovered(pending, () => times++),
            "  dev was left in the middle by a command that was killed: 3 resources in the making looked at anew",
        );
        assert.equal(times, 1);
        assert.deepEqual(removed, [EXISTING[0]]);
    });

    it("is no lock of a living pulumi, which is named", async () => {
        const pid = await pulumi();
        lockedBy(pid);
        assert.equal(isBusy(folder, "shop", "dev"), true);
        await assert.rejects(
            recovered([]),
            (error: unknown) => error instanceof UserError && new RegExp(`process ${pid}, pulumi `).test(error.message),
        );
        assert.equal(existsSync(lock()), true);
    });

    it("has a pid that may be another's by now, or that of a process nobody has asked after", async function () {
        if (!existsSync("/proc/self/stat")) return this.skip();
        lockedBy(process.pid);
        assert.equal(isBusy(folder, "shop", "dev"), false);
        const parent = await start("python3", "-c", PARENT_OF_A_ZOMBIE);
        const [zombie] = (await once(parent.stdout ?? parent, "data")) as [Buffer];
        lockedBy(Number(String(zombie)));
        assert.equal(isBusy(folder, "shop", "dev"), false);
    });

    it("is destroyed already where the emulator died, too", async () => {
        await assert.rejects(destroyedAlready(folder, "dev"), /nothing to destroy/);
        const stacks = path.join(folder, "state", ".pulumi", "stacks", "shop");
        mkdirSync(stacks, { recursive: true });
        for (const file of ["dev.json", "dev.json.bak", "prod.json"]) writeFileSync(path.join(stacks, file), "{}");
        assert.equal(
            await destroyedAlready(folder, "dev"),
            "dev is gone: the emulator has died, and with it what dev and prod had in it. The state is dropped.",
        );
        assert.equal(existsSync(stacks), false);
    });
});
