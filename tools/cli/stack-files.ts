import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { suggest } from "../../settings/problems";
import { UserError } from "./user-error";

/** What a stack's files say, as the engine would hand it to the program. */
export interface StackFiles {
    readonly project: string;
    readonly stack: string;
    /** Full keys; values as text. */
    readonly config: Readonly<Record<string, string>>;
    /** Full keys that hold a `secure:` value, whole or in part. */
    readonly secretKeys: readonly string[];
    /** Folder that paths in them are relative to. @default the project's */
    readonly root?: string;
}

const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a folder. */
export function readStackFiles(folder: string, stack: string): StackFiles {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    if (!existsSync(file)) {
        const names = stackNames(folder).sort();
        throw new UserError(
            `There is no stack ${stack}: Pulumi.${stack}.yaml does not exist. ${names.length === 0 ? NO_STACK : otherStack(stack, names)}`,
        );
    }
    const { name } = readYaml(path.join(folder, "Pulumi.yaml")) as { name?: unknown };
    const given = (readYaml(file) as { config?: Record<string, unknown> } | null)?.config ?? {};
    // A key without a namespace belongs to the project.
    const entries = Object.entries(given).map(
        ([key, value]) => [key.includes(":") ? key : `${String(name)}:${key}`, value] as const,
    );
    return {
        project: String(name),
        stack,
        config: Object.fromEntries(
            entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
        ),
        secretKeys: entries.filter(([, value]) => hasSecure(value)).map(([key]) => key),
    };
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
    const allowed = suggest(stack, names);
    return `Allowed: ${allowed.endsWith("?") ? allowed : `${allowed}.`} For another stack: npm run stack -- add --help`;
}

function readYaml(file: string): unknown {
    try {
        return parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new UserError(`${path.basename(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}

function hasSecure(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    return "secure" in value || Object.values(value).some(hasSecure);
}
