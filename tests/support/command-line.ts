import { spawn } from "node:child_process";
import { once } from "node:events";
import { PROJECT_FOLDER } from "../../settings";
import { commandFile } from "./command-file";

export interface Ended {
    readonly code: number | null;
    readonly output: string;
    readonly errors: string;
}

/** Runs one of the project's commands as npm does, with PATH and the given environment alone. */
export async function run(
    tool: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
    const child = spawn(process.execPath, ["-r", "sucrase/register/ts", commandFile(tool), ...args], {
        cwd: PROJECT_FOLDER,
        env: { PATH: process.env["PATH"], ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output, errors };
}
