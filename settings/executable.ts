import { posix } from "node:path";
import type { ContainerSettings } from "./types";

/** The kernel starts no program of a path that is mounted without `exec`. */
export const NOT_EXECUTABLE = "what can be written is mounted without the right to run it";

/** The writable path that a program would be started from. One without a slash is looked for in the image's `PATH`. */
export function writableAbove(
    program: string,
    { workingDirectory, writablePaths }: Pick<ContainerSettings, "workingDirectory" | "writablePaths">,
): string | undefined {
    if (!program.includes("/")) return undefined;
    // Relative to what the image says, nobody knows where it is.
    const file = workingDirectory === undefined ? posix.normalize(program) : posix.resolve(workingDirectory, program);
    return writablePaths.find(writable => file.startsWith(`${writable}/`));
}
