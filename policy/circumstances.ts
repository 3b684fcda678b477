import { settingsOf } from "../settings";
import { readStackFiles } from "../tools/stack-files";
import type { Circumstances } from "./evaluate";

export type { Circumstances } from "./evaluate";

/**
 * Profile and exceptions of a stack, from its file in the project's folder. No engine tells a pack either of them: a pack's start-up gets neither
 * stack nor configuration, and the SDK (1.21) drops what the engine sends later, but for the stack's tags. Without such a file, as with
 * `pulumi preview --config-file`, the strictest holds: production without exceptions.
 *
 * @param today YYYY-MM-DD
 */
export function circumstancesOf(folder: string, stack: string, today: string): Circumstances {
    try {
        const files = readStackFiles(folder, stack);
        const { profile, policyExceptions: exceptions } = settingsOf(files.config, { ...files, root: folder });
        return { profile, exceptions, today };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        console.error(`Policies apply as in production and without exceptions: ${reason}`);
        return { profile: "production", exceptions: [], today };
    }
}
