import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { readStackFile } from "../../settings/stack-file";
import type { StackFiles } from "../../tools/cli/stack-files";

const FOLDER = path.join(PROJECT_FOLDER, "examples");

/** An application of the public as a stack: one folder of `examples/`. */
export interface Example {
    readonly name: string;
    /** As it stands in the folder. */
    readonly text: string;
    readonly readme: string;
    /** As it is read at the project's root, where whoever tries it copies it to. */
    readonly files: StackFiles;
}

export const EXAMPLES: readonly Example[] = readdirSync(FOLDER, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => {
        const read = (file: string) => readFileSync(path.join(FOLDER, name, file), "utf8");
        const text = read(`Pulumi.${name}.yaml`);
        const files = { project: "fargate", stack: name, ...readStackFile(text, "fargate") };
        return { name, text, readme: read("README.md"), files };
    });

/** The page with a row for each. */
export const EXAMPLES_PAGE = readFileSync(path.join(FOLDER, "README.md"), "utf8");
