import type { StackFiles } from "../../tools/cli/stack-files";
import { sample } from "./sample";

/** A sample stack's files with changed configuration. */
export function files(stack: string, config: Readonly<Record<string, unknown>> = {}): StackFiles {
    const given = sample(stack);
    const changed = Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { ...given, config: { ...given.config, ...(Object.fromEntries(changed) as Record<string, string>) } };
}
