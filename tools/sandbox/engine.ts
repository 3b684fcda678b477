import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { UserError } from "../cli/user-error";

/** The engine, or one of its plugins, is neither here nor to be had. */
export class NoEngine extends UserError {}

/** The `pulumi` on the PATH, or else one that is installed into the sandbox's folder. */
export async function findEngine(folder: string, progress: (what: string) => void): Promise<PulumiCommand> {
    try {
        return await PulumiCommand.get();
    } catch {
        const root = path.join(folder, "pulumi");
        try {
            return await PulumiCommand.get({ root });
        } catch {
            return install(root, progress);
        }
    }
}

async function install(root: string, progress: (what: string) => void): Promise<PulumiCommand> {
    progress("installing the Pulumi CLI (once)");
    try {
        return await PulumiCommand.install({ root });
    } catch (error) {
        throw new NoEngine(`The Pulumi CLI is not on the PATH, and could not be downloaded: ${lastLine(error)}`);
    }
}

const NO_PLUGIN = /(could not|failed to) (load|download|install|find|get) .*plugin|no resource plugin/i;

/** A failed update that failed for want of a plugin. */
export function asNoEngine(error: unknown): unknown {
    const line = String(error)
        .split("\n")
        .find(candidate => NO_PLUGIN.test(candidate));
    return line === undefined ? error : new NoEngine(`A Pulumi plugin is missing, and could not be downloaded: ${line.trim()}`);
}

function lastLine(error: unknown): string {
    const lines = (error instanceof Error ? error.message : String(error)).trim().split("\n");
    return lines[lines.length - 1] ?? "";
}
