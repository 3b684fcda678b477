import { spawn } from "node:child_process";
import { once } from "node:events";
import { PROJECT_FOLDER } from "../../settings";
import { commandFile } from "../support/command-file";

/** A command of this project, as npm runs it, on the stacks of a sandbox. */
export async function command(
    sandbox: string,
    name: string,
    ...args: readonly string[]
): Promise<{ code: number | null; output: string }> {
    const script = ["-r", "./tools/cli/start.js", commandFile(name), ...args, "--sandbox-folder", sandbox];
    const env = { ...process.env, NO_COLOR: "1", AWS_ENDPOINT_URL: undefined };
    const child = spawn(process.execPath, script, { cwd: PROJECT_FOLDER, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (data: Buffer) => (output += data.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output };
}
