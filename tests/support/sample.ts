import * as path from "node:path";
import { StackFiles, readStackFiles } from "../../tools/cli/stack-files";

/** Stack files of the tests' own, as they are shipped: what a team then writes into theirs changes no expectation. */
const FOLDER = path.join(__dirname, "..", "fixtures", "stacks");

export function sample(stack: string): StackFiles {
    return readStackFiles(FOLDER, stack);
}

/** What the bootstrap of the samples' account is told. */
export function sampleBootstrap(): StackFiles {
    return readStackFiles(path.join(FOLDER, "bootstrap"), "main");
}
