import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_FOLDER } from "../../settings";
import type { StackFiles } from "../../tools/cli/stack-files";
import { Existing, findEmulator } from "../../tools/sandbox/emulator";
import { writeStackFile } from "../../tools/sandbox/workspace";
import { projectCopy } from "../support/project-copy";

/** Every process that a command starts inherits it; the emulator, which outlives the command, inherits next to nothing. */
const MARK = "SANDBOX_COMMAND_OF_TEST";

export interface Ended {
    readonly code: number | null;
    readonly output: string;
}

/** A command that runs. */
export interface Running {
    readonly end: Promise<Ended>;
    hasEnded(): boolean;
}

export interface How {
    readonly environment?: Readonly<Record<string, string>>;
    /** A command that runs the command. */
    readonly prefix?: readonly string[];
}

/** `npm run sandbox` in a copy of the project: what it keeps lies in the copy. */
export class SandboxCopy {
    readonly project: string;
    readonly folder: string;
    private readonly mark = `${process.pid}-${Date.now()}`;
    private count = 0;
    /** What the emulator held when it was last asked. */
    held: readonly Existing[] = [];

    constructor(
        private readonly stack: StackFiles,
        private readonly how: How = {},
    ) {
        this.project = projectCopy([stack]);
        this.folder = path.join(this.project, ".sandbox");
    }

    start(...args: readonly string[]): Running {
        const file = path.join(this.project, `command-${++this.count}.log`);
        const output = openSync(file, "w");
        const [command = "", ...words] = [...(this.how.prefix ?? []), "npm", "run", "--silent", "sandbox", "--", ...args];
        const child = spawn(command, words, {
            cwd: this.project,
            env: {
                ...process.env,
                ...this.how.environment,
                [MARK]: this.mark,
                NO_COLOR: "1",
                SANDBOX_VENV: process.env["SANDBOX_VENV"] ?? path.join(PROJECT_FOLDER, ".sandbox", "venv"),
            },
            // Into a file: a pipe would be waited for as long as whoever inherits it lives.
            stdio: ["ignore", output, output],
            detached: true,
        });
        closeSync(output);
        return running(child, file);
    }

    /** Runs a command to its end, and looks meanwhile at what the emulator holds: with the last stack the emulator ends. */
    async run(...args: readonly string[]): Promise<Ended> {
        const command = this.start(...args);
        while (!command.hasEnded()) {
            await this.look();
            await Promise.race([command.end, sleep(100)]);
        }
        await this.look();
        return command.end;
    }

    /** Starts a command and kills it with its children, once it has come so far. @throws where it ends before */
    async kill(args: readonly string[], isThere: () => boolean | Promise<boolean>, alsoEmulator: boolean): Promise<void> {
        const command = this.start(...args);
        while (!(await isThere())) {
            if (command.hasEnded()) throw new Error(`${args.join(" ")} ended before:\n${(await command.end).output}`);
            await sleep(20);
        }
        this.killCommands();
        if (alsoEmulator) for (const pid of this.emulators()) process.kill(pid, "SIGKILL");
        await command.end;
        this.killCommands();
    }

    /** What the engine has printed since the last command began. */
    engineLog(): string {
        return this.read("engine.log");
    }

    hasLock(): boolean {
        const locks = path.join(this.folder, "state", ".pulumi", "locks");
        return (
            existsSync(locks) && readdirSync(locks, { recursive: true, encoding: "utf8" }).some(file => file.endsWith(".json"))
        );
    }

    read(file: string): string {
        const whole = path.join(this.folder, file);
        return existsSync(whole) ? readFileSync(whole, "utf8") : "";
    }

    /** Processes of this copy's emulator. */
    emulators(): number[] {
        const log = path.join(this.folder, "emulator.log");
        return processes("cmdline", text => text.split("\0").includes(log));
    }

    /** Asks the emulator, where there is one. */
    async ask(method: string, route: string, body?: unknown): Promise<void> {
        const emulator = await findEmulator(this.folder);
        const response = await fetch(`${emulator?.url ?? ""}${route}`, { method, body: JSON.stringify(body) });
        if (!response.ok) throw new Error(await response.text());
    }

    async look(): Promise<readonly Existing[]> {
        const emulator = await findEmulator(this.folder).catch(() => undefined);
        this.held = (await emulator?.resources().catch(() => undefined)) ?? this.held;
        return this.held;
    }

    /** Changes the stack's file. */
    configure(config: Readonly<Record<string, string>>): void {
        writeStackFile(this.project, this.stack.stack, { ...this.stack.config, ...config });
    }

    close(): void {
        this.killCommands();
        for (const pid of this.emulators()) process.kill(pid, "SIGKILL");
        rmSync(this.project, { recursive: true, force: true });
    }

    /** Until none is left: one that was about to start another has done so. */
    private killCommands(): void {
        for (;;) {
            const pids = processes("environ", text => text.split("\0").includes(`${MARK}=${this.mark}`));
            if (pids.length === 0) return;
            for (const pid of pids) {
                try {
                    process.kill(pid, "SIGKILL");
                } catch {
                    // It has ended by itself.
                }
            }
        }
    }
}

function running(child: ChildProcess, file: string): Running {
    let hasEnded = false;
    const end = once(child, "exit").then(([code]) => {
        hasEnded = true;
        return { code: code as number | null, output: readFileSync(file, "utf8") };
    });
    return { end, hasEnded: () => hasEnded };
}

/** Processes by what the kernel says of them. */
function processes(file: string, fits: (text: string) => boolean): number[] {
    return readdirSync("/proc")
        .filter(name => /^\d+$/.test(name))
        .filter(name => {
            try {
                return fits(readFileSync(`/proc/${name}/${file}`, "utf8"));
            } catch {
                return false;
            }
        })
        .map(Number);
}
