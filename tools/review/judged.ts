import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { StackFiles, readStackFiles, stackNames } from "../cli/stack-files";
import { UserError } from "../cli/user-error";
import { fieldsOf } from "../inventory/inputs";
import type { Declared } from "../inventory/inventory";
import type { DeclaredResource } from "../inventory/resource";
import { fromText } from "./declared-text";
import type { Gates, Keys } from "./loosened";

/** A change that is judged by this project's tools, in a folder of its own. */
export interface Judged {
    /** Absent for a stack that this project has no file of. */
    readonly before?: Gates;
    readonly after: Gates;
}

/** What a change makes of a stack's gates and protections. @param folder the project with the change */
export function judgedOf(folder: string, stack: string): Judged {
    return {
        ...(stackNames(PROJECT_FOLDER).includes(stack) && { before: gatesOf(PROJECT_FOLDER, stack) }),
        after: gatesOf(folder, stack),
    };
}

/** A stack's files in another folder, to which what they name is relative. */
export function filesIn(folder: string, stack: string): StackFiles {
    return { ...readStackFiles(folder, stack), root: folder };
}

function gatesOf(folder: string, stack: string): Gates {
    const files = filesIn(folder, stack);
    return {
        settings: settingsOf(files.config, files),
        project: keysOf(path.join(folder, "Pulumi.yaml")),
        file: keysOf(path.join(folder, `Pulumi.${stack}.yaml`)),
    };
}

/** It was read before as a stack's file. */
function keysOf(file: string): Keys {
    return fieldsOf(parse(readFileSync(file, "utf8")));
}

/**
 * What the program in another folder declares. In a process of its own, whose word it is: none of that program runs where it is judged. What the
 * settings are is read here.
 */
export async function declaredElsewhere(folder: string, files: StackFiles): Promise<Declared> {
    const program = path.join(folder, "index");
    const run = promisify(execFile)(
        process.execPath,
        ["-r", "sucrase/register/ts", path.join(__dirname, "declared.ts"), program],
        {
            cwd: PROJECT_FOLDER,
            env: { ...process.env, NO_COLOR: "1" },
            maxBuffer: 256 * 1024 * 1024,
        },
    );
    run.child.stdin?.end(JSON.stringify(files));
    try {
        return { settings: settingsOf(files.config, files), resources: fromText((await run).stdout) as DeclaredResource[] };
    } catch (error) {
        const { stderr, message } = error as Error & { readonly stderr?: string };
        throw new UserError(`What ${folder} declares cannot be told by this project's tools: ${stderr?.trim() || message}`);
    }
}
