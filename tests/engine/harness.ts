import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { StackFiles, readStackFiles } from "../../tools/cli/stack-files";
import { shortType } from "../../tools/inventory/resource";
import { Emulator, Existing, startEmulator } from "../../tools/sandbox/emulator";
import { findEngine } from "../../tools/sandbox/engine";
import { Operations, collect } from "../../tools/sandbox/operations";
import { sandboxConfig, seedsOf } from "../../tools/sandbox/stack-copy";
import { openStack, writeStackFile } from "../../tools/sandbox/workspace";

/** A value of the configuration, below its full key: `["fargate:services", "web", "cpu"]`. */
export type Change = readonly [keys: readonly string[], value: unknown];

/** A stack on the real engine, with an emulator of its own. */
export interface Session {
    readonly emulator: Emulator;
    readonly stack: Stack;
    readonly folder: string;
    /** What the stack's file says now. */
    files: StackFiles;
    /** Changes the stack's file; an undefined value removes the key. */
    configure(...changes: readonly Change[]): Promise<void>;
    /** Updates, and says what happened to resources in the cloud: `update ecs.Service web`, sorted. */
    up(): Promise<string[]>;
    /** What a preview would change; empty when nothing. */
    preview(options?: { readonly refresh?: boolean }): Promise<string[]>;
    /** Tells the emulator how the next rollout of a service ends, or the next run of a family, or with `now` the current one. */
    outcome(wish: Wish): Promise<void>;
    /** Runs the CLI itself, in a process group of its own. */
    cli(...args: readonly string[]): Cli;
    destroy(): Promise<void>;
    /** Ends everything, whatever state it is in. */
    close(): Promise<void>;
}

export interface Wish {
    readonly service?: string;
    readonly family?: string;
    readonly status: string;
    readonly cause?: string;
    readonly logs?: readonly string[];
    readonly now?: boolean;
}

export interface Cli {
    /** SIGINT reaches the engine alone, as from Ctrl-C handled once; SIGKILL the plugins as well, as when a machine dies. */
    kill(signal: "SIGINT" | "SIGKILL"): void;
    output(): string;
    /** Exit code and everything that was printed. */
    readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
}

const QUIET = { now: () => undefined, line: () => undefined, end: () => undefined };

/** Opens a sandbox below `.sandbox` for one suite. @param files what the stack's files say; by default the project's own */
export async function openSession(
    suite: string,
    stackName: string,
    files: StackFiles = readStackFiles(PROJECT_FOLDER, stackName),
): Promise<Session> {
    const folder = path.join(PROJECT_FOLDER, ".sandbox", suite);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);

    const engine = await findEngine(folder, () => undefined);
    const emulator = await startEmulator(folder);
    const stack = await openStack({ folder, stack: stackName, config: await configOf(files, emulator), emulator, engine });
    const log = path.join(folder, "engine.log");
    const onOutput = (text: string) => appendFileSync(log, text);

    const session: Session = {
        emulator,
        stack,
        folder,
        files,
        configure: async (...changes) => {
            session.files = changes.reduce(changed, session.files);
            writeStackFile(folder, stackName, await configOf(session.files, emulator));
        },
        up: async () => {
            const { operations, onEvent } = collect(QUIET);
            await stack.up({ onEvent, onOutput });
            return summary(operations);
        },
        preview: async ({ refresh = false } = {}) => {
            const { operations, onEvent } = collect(QUIET);
            await stack.preview({ onEvent, onOutput, refresh });
            return summary(operations);
        },
        outcome: async wish => {
            const response = await fetch(`${emulator.url}/sandbox/ecs/outcome`, { method: "POST", body: JSON.stringify(wish) });
            if (!response.ok) throw new Error(await response.text());
        },
        cli: (...args) =>
            runCli(engine.pulumi.command, [...args, "--stack", stackName, "--non-interactive"], folder, stack.workspace.envVars),
        destroy: async () => {
            await stack.destroy({ onOutput });
        },
        close: () => emulator.stop(),
    };
    return session;
}

/** The record that proves a name to ACM outlives every stack. */
export function isNoProof({ type, id }: Existing): boolean {
    return !(type === "record" && /^_\S+ CNAME$/.test(id));
}

async function configOf(files: StackFiles, emulator: Emulator): Promise<Record<string, string>> {
    const settings = settingsOf(files.config, files);
    const config = sandboxConfig(files, settings, await emulator.seed(seedsOf(settings)));
    // What a test says of images holds.
    return {
        ...config,
        ...(files.config["fargate:images"] !== undefined && { "fargate:images": files.config["fargate:images"] }),
    };
}

/** What a protected stack leaves on purpose: its log bucket, and the key of what it wrote. */
export function isKeptOnPurpose({ type, id }: Existing): boolean {
    return type === "key" || /-logs-[0-9a-f]{7}$/.test(id);
}

/** The stack's file with one value changed. */
export function changed(files: StackFiles, [[key = "", ...below], value]: Change): StackFiles {
    const config: Record<string, string | undefined> = { ...files.config };
    const text = config[key];
    const whole = text === undefined ? undefined : parsed(text);
    const next = replaced(whole, below, value);
    config[key] = next === undefined ? undefined : typeof next === "string" ? next : JSON.stringify(next);
    return {
        ...files,
        config: Object.fromEntries(Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    };
}

function replaced(whole: unknown, [key, ...below]: readonly string[], value: unknown): unknown {
    if (key === undefined) return value;
    const record = { ...(whole as Record<string, unknown> | undefined) };
    const next = replaced(record[key], below, value);
    if (next !== undefined) return { ...record, [key]: next };
    const { [key]: _, ...rest } = record;
    return rest;
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

function summary({ changes }: Operations): string[] {
    return changes
        .filter(({ isReal }) => isReal)
        .map(({ op, type, name }) => `${op} ${shortType(type)} ${name}`)
        .sort();
}

function runCli(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Cli {
    const child = spawn(command, args, {
        cwd,
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    let output = "";
    const collectOutput = (data: Buffer) => (output += data.toString());
    child.stdout.on("data", collectOutput);
    child.stderr.on("data", collectOutput);
    const { pid } = child;
    if (pid === undefined) throw new Error(`${command} did not start`);
    return {
        kill: signal => process.kill(signal === "SIGKILL" ? -pid : pid, signal),
        output: () => output,
        end: once(child, "close").then(([code]) => ({ code: code as number | null, output })),
    };
}
