import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { visible } from "../../model/inert-text";
import { suggest } from "../../settings/problems";
import { StackFile, readStackFile } from "../../settings/stack-file";
import { UnreadableFile, readYaml } from "../../settings/yaml";
import { UserError } from "./user-error";

/** What a stack's files say, as the engine would hand it to the program. */
export interface StackFiles extends Pick<StackFile, "config" | "secretKeys">, Partial<Pick<StackFile, "altered" | "misplaced">> {
    readonly project: string;
    readonly stack: string;
    /** Folder that paths in them are relative to. @default the project's */
    readonly root?: string;
}

const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a folder. */
export function readStackFiles(folder: string, stack: string): StackFiles {
    const name = `Pulumi.${stack}.yaml`;
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    if (!existsSync(file)) {
        const names = stackNames(folder).sort();
        throw new UserError(
            visible(
                `There is no stack ${stack}: ${name} does not exist. ${names.length === 0 ? NO_STACK : otherStack(stack, names)}`,
            ),
        );
    }
    const project = readable("Pulumi.yaml", () => projectName(path.join(folder, "Pulumi.yaml")));
    return { project, stack, ...readable(name, () => readStackFile(readFileSync(file), project)) };
}

/** The stacks that a folder has files for. */
export function stackNames(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap(file => STACK_FILE.exec(file)?.[1] ?? []);
}

/** `pulumi stack rm` takes the file of its stack away, unless it is told not to. */
const NO_STACK = "No stack has a file. Next: git checkout -- 'Pulumi.*.yaml', or write one as README.md shows.";

function otherStack(stack: string, names: readonly string[]): string {
    if (stack.startsWith("-")) return `Allowed: the stack's name first, and options behind it. Stacks: ${names.join(", ")}.`;
    const ofFile = STACK_FILE.exec(path.basename(stack))?.[1];
    if (ofFile !== undefined && names.includes(ofFile))
        return `That is a file, and its stack is ${ofFile}. Next: the stack's name alone, as in npm run plan -- ${ofFile}`;
    const last = stack.split("/").at(-1) ?? "";
    if (last !== stack && names.includes(last))
        return `Allowed: the name alone, without organization and project. Next: npm run plan -- ${last}`;
    const allowed = suggest(stack, names);
    return `Allowed: ${allowed.endsWith("?") ? allowed : `${allowed}.`} For another stack: npm run stack -- add --help`;
}

/** @throws UserError where configuration for every stack stands there, which the engine would add and nothing here would see */
function projectName(file: string): string {
    const { name, config } = (readYaml(readFileSync(file)).value ?? {}) as { readonly name?: unknown; readonly config?: unknown };
    if (config !== undefined && config !== null)
        throw new UserError("Pulumi.yaml has config:, which is not read here: write its keys into each Pulumi.<stack>.yaml.");
    return String(name);
}

function readable<T>(name: string, read: () => T): T {
    try {
        return read();
    } catch (error) {
        if (error instanceof UnreadableFile) throw new UserError(`${name} cannot be read: ${error.message}`);
        throw error;
    }
}
