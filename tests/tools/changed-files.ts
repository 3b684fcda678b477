import { PROJECT_FOLDER } from "../../settings";
import { StackFiles, readStackFiles } from "../../tools/stack-files";

/** A stack's files with changed configuration. */
export function files(stack: string, config: Readonly<Record<string, unknown>> = {}): StackFiles {
    const given = readStackFiles(PROJECT_FOLDER, stack);
    const changed = Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { ...given, config: { ...given.config, ...(Object.fromEntries(changed) as Record<string, string>) } };
}
