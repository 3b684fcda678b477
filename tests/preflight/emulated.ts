import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import type { Check, OwnResource, Subject } from "../../tools/preflight/check";
import { Told, runChecks, subjectOf } from "../../tools/preflight/run";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { files } from "../support/changed-files";

/** An emulator of a suite's own, which this process speaks to while the suite runs. Skips the suite where the emulator was never installed. */
export function withEmulator(): void {
    const environment = { ...process.env };
    const folder = mkdtempSync(path.join(tmpdir(), "preflight-"));
    let emulator: Emulator | undefined;

    before(async function () {
        const venv = process.env["SANDBOX_VENV"] ?? path.join(PROJECT_FOLDER, ".sandbox", "venv");
        if (!existsSync(path.join(venv, "bin", "python"))) {
            console.log(
                `      skipped: no virtual environment at ${venv} (npm run sandbox makes it; SANDBOX_VENV names another)`,
            );
            return this.skip();
        }
        process.env["SANDBOX_VENV"] = venv;
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
        emulator = await startEmulator(folder);
        Object.assign(process.env, emulator.environment);
    });
    after(async () => {
        await emulator?.stop();
        rmSync(folder, { recursive: true });
        for (const name of Object.keys(process.env)) if (!(name in environment)) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, environment);
    });
}

/** What a check looks at: the sample stack dev with other configuration, and what its state holds. */
export async function subject(
    config: Readonly<Record<string, unknown>> = {},
    own: readonly OwnResource[] = [],
): Promise<Subject> {
    const state = () => Promise.resolve({ deployment: { resources: own } });
    return subjectOf(files("dev", config), { state, isEmulated: true, seconds: 60 });
}

/** What one check finds, as lines: `failure web: there is no image …`. */
export async function found(
    check: Check,
    config: Readonly<Record<string, unknown>> = {},
    own: readonly OwnResource[] = [],
): Promise<string[]> {
    return lines(await runChecks([check], await subject(config, own)));
}

export function lines(told: readonly Told[]): string[] {
    return told.map(({ status, found: text }) => `${status} ${text}`);
}
