import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { exitCodeOf } from "../../tools/cli/command";
import { commandFile } from "./command-file";

export interface Ended {
    readonly code: number | null;
    readonly output: string;
    readonly errors: string;
}

/** Calls one of the project's commands in this process, with the given environment beside this one's. */
export async function call(
    command: Command,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
    // A machine's own settings of npm would be told.
    const given = { npm_config_json: "", npm_config_yes: "", ...environment };
    const before = Object.keys(given).map(name => [name, process.env[name]] as const);
    Object.assign(process.env, given);
    const [output, errors] = [heard(process.stdout), heard(process.stderr)];
    try {
        return { code: await exitCodeOf(command, args), output: output.text(), errors: errors.text() };
    } finally {
        for (const stream of [output, errors]) stream.end();
        for (const [name, value] of before)
            if (value === undefined) Reflect.deleteProperty(process.env, name);
            else process.env[name] = value;
    }
}

/** Takes what is written, in place of the stream. */
function heard(stream: NodeJS.WriteStream): { text(): string; end(): void } {
    const write = stream.write.bind(stream);
    let text = "";
    stream.write = (written: string | Uint8Array) => {
        text += String(written);
        return true;
    };
    return { text: () => text, end: () => void (stream.write = write) };
}

/** Runs one of the project's commands as npm does, with PATH and the given environment alone; by default in this project, else in a copy of it, and with nothing on standard input. */
export async function run(
    tool: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    folder = PROJECT_FOLDER,
    input?: string,
): Promise<Ended> {
    const child = spawn(process.execPath, ["-r", "./tools/cli/start.js", commandFile(tool), ...args], {
        cwd: folder,
        env: { PATH: process.env["PATH"], ...environment },
        stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.on("error", () => undefined).end(input);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output, errors };
}
