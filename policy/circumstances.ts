import { Origin, settingsOf } from "../settings";
import { Configuration } from "../settings/configuration";
import { readStackFiles } from "../tools/cli/stack-files";
import type { Circumstances } from "../tools/policy/evaluate";
import { inert } from "../model/inert-text";

export type { Circumstances } from "../tools/policy/evaluate";

export interface Source {
    readonly project: string;
    readonly stack: string;
    /** Folder of the project. */
    readonly folder: string;
    /** Configuration as the engine hands it to a pack; empty where it does not. */
    readonly configuration: Configuration;
    /** YYYY-MM-DD. */
    readonly today: string;
}

/**
 * Profile and exceptions of a stack: from the configuration that the CLI's own language host hands to a pack, or else from the stack's file in the
 * project's folder. Where there is neither, the strictest holds: production without exceptions.
 */
export function circumstancesOf({ folder, today, ...source }: Source): Circumstances {
    try {
        const { config, ...origin } = configurationOf(folder, source);
        const { profile, policyExceptions: exceptions, turnedOff } = settingsOf(config, { ...origin, root: folder });
        return { profile, exceptions, ...(turnedOff && { turnedOff }), today };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        console.error(inert(`Policies apply as in production and without exceptions: ${reason}`));
        return { profile: "production", exceptions: [], today };
    }
}

/** @throws UserError where the engine hands over no configuration and there is no stack file */
export function configurationOf(
    folder: string,
    { project, stack, configuration }: Omit<Source, "folder" | "today">,
): Origin & { readonly config: Configuration } {
    if (Object.keys(configuration).length > 0) return { project, stack, config: configuration };
    return readStackFiles(folder, stack);
}
