import * as path from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { Images, parseImageReference } from "../../model/image-reference";

const reference = z.string().refine(text => parseImageReference(text)?.digest !== undefined);

/** Images by service as one job hands them to the next. */
export function imagesOption(text: string): Images {
    try {
        return z.record(z.string(), reference).parse(JSON.parse(text));
    } catch {
        throw new InvalidArgumentError(
            'Allowed: images by service as JSON, such as {"web":"<repository>@sha256:<64 hex digits>"}.',
        );
    }
}

/** An option that may be given several times. */
export function repeated(flags: string, description: string): Option {
    return new Option(flags, `${description}; may be given several times`)
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], "none");
}

/** Names of stacks as one job hands them to the next; they become file names, so they are checked here. */
export function stackList(text: string): readonly string[] {
    const parsed = z
        .array(z.string().regex(/^[\w-][\w.-]*$/))
        .min(1)
        .safeParse(fromJson(text));
    if (!parsed.success) throw new InvalidArgumentError('Allowed: names of stacks as JSON, such as ["dev","prod"].');
    return parsed.data;
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** A path as whoever typed it means it: from the folder that npm was called in, which need not be the project's. */
export function userPath(text: string): string {
    return path.resolve(process.env["INIT_CWD"] ?? process.cwd(), text);
}

/** The folder that `npm run sandbox` uses. */
export const SANDBOX_FOLDER = ".sandbox";

/** Which sandbox a stack is looked for in, if in one. */
export interface SandboxOptions {
    readonly sandbox?: boolean;
    readonly sandboxFolder?: string;
}

/** Takes no value: one that may be left out would swallow the argument behind it. */
export const SANDBOX_OPTION = new Option("--sandbox", "the stack in the sandbox instead, which `npm run sandbox` left up");

export const SANDBOX_FOLDER_OPTION = new Option("--sandbox-folder <folder>", `a sandbox that is not in ${SANDBOX_FOLDER}`)
    .argParser(userPath)
    .implies({ sandbox: true });
