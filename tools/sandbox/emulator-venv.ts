import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../cli/user-error";

/** The emulator's own code, in Python. */
export const SOURCES = path.join(__dirname, "emulator");
const REQUIREMENTS = path.join(SOURCES, "requirements.txt");

const run = promisify(execFile);

/** A Python that can make a virtual environment; undefined where there is none. */
export async function pythonWithVenv(): Promise<string | undefined> {
    const check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    for (const python of ["python3", "python"]) {
        const works = await run(python, ["-c", check]).then(
            () => true,
            () => false,
        );
        if (works) return python;
    }
    return undefined;
}

/** A virtual environment of the sandbox's own, made anew when the requirements change. */
export async function prepareVenv(folder: string, python: string, progress: (what: string) => void): Promise<string> {
    const venv = process.env["SANDBOX_VENV"] ?? path.join(folder, "venv");
    const stamp = path.join(venv, "requirements.sha256");
    const wanted = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
    const binary = path.join(venv, "bin", "python");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return binary;
    progress("installing the AWS emulator from PyPI, once for this folder");
    try {
        await run(python, ["-m", "venv", venv]);
        await run(binary, [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            REQUIREMENTS,
        ]);
    } catch (error) {
        const reason = (error as { stderr?: string }).stderr?.trim().split("\n").pop() ?? String(error);
        throw new UserError(
            `The AWS emulator could not be installed from PyPI: ${reason}\nNext: check the network, then run the command again.`,
        );
    }
    writeFileSync(stamp, wanted);
    return binary;
}
