import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { commandFile } from "../support/command-file";

const TERMINAL = path.join(__dirname, "..", "support", "terminal.py");

interface Ended {
    readonly code: number | null;
    readonly output: string;
}

/** A command of this project, as npm runs it, on the stacks of a sandbox. */
export async function command(sandbox: string, name: string, ...args: readonly string[]): Promise<Ended> {
    return run(process.execPath, script(sandbox, name, args));
}

/** The same as its screen shows it, line by line, on a terminal of so many columns and without colours. */
export async function onTerminal(
    columns: number,
    sandbox: string,
    name: string,
    ...args: readonly string[]
): Promise<readonly string[]> {
    const { code, output } = await run("python3", [
        TERMINAL,
        String(columns),
        "",
        process.execPath,
        ...script(sandbox, name, args),
    ]);
    const ended = JSON.parse(output) as { readonly shown: string; readonly code: number };
    assert.deepEqual([code, ended.code], [0, 0], output);
    return ended.shown.replaceAll("\r", "").trimEnd().split("\n");
}

function script(sandbox: string, name: string, args: readonly string[]): string[] {
    return ["-r", "./tools/cli/start.js", commandFile(name), ...args, "--sandbox-folder", sandbox];
}

async function run(program: string, args: readonly string[]): Promise<Ended> {
    const env = { ...process.env, NO_COLOR: "1", AWS_ENDPOINT_URL: undefined };
    const child = spawn(program, args, { cwd: PROJECT_FOLDER, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (data: Buffer) => (output += data.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output };
}
