import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { settingsOf as bootstrapSettingsOf } from "../../bootstrap/settings";
import { SERVICE_NAME } from "../../model/names";
import { settingsOf } from "../../settings";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { UserError } from "../cli/user-error";
import { Position, environmentsIn, optionsIn, stages, withEnvironment, withOption, withStage } from "./project-files";
import { NewStackFile, Wish, stackFileLike } from "./stack-file";

const DEPLOY = ".github/workflows/deploy.yml";
const ROLLBACK = ".github/workflows/rollback.yml";
const BOOTSTRAP = "bootstrap/Pulumi.main.yaml";

/** What a stack is called in each file that names all of them. */
const NAMED_IN: Readonly<Record<string, (text: string) => readonly string[]>> = {
    [BOOTSTRAP]: environmentsIn,
    [DEPLOY]: text => stages(text).map(({ stack }) => stack),
    [ROLLBACK]: optionsIn,
};

/** Words that some reader of YAML takes for a boolean or for nothing, of those that a stack may be called. */
const NO_TEXT = /^(true|false|yes|no|on|off|y|n|null)$/;

export interface Added {
    readonly file: NewStackFile;
    /** Stacks that are deployed after the new one from now on. */
    readonly waiting: readonly string[];
    /** What is to be written, by path. */
    readonly texts: Readonly<Record<string, string>>;
}

/**
 * A project with another stack: its file, and its name wherever all are named. Writes nothing.
 *
 * @param folder of the project
 * @returns undefined where the stack is there already
 * @throws UserError where it is there in part, or the result would be refused
 */
export function withStack(folder: string, wish: Wish, position: Position): Added | undefined {
    const { stack, like, domain } = wish;
    if (!SERVICE_NAME.test(stack))
        throw new UserError(`${stack} is no name of a stack. Allowed: lower-case letters, digits and hyphens, a letter first`);
    if (NO_TEXT.test(stack)) throw new UserError(`${stack} is no text in YAML. Nothing was changed. Allowed: another name`);
    if (stack === "main") throw new UserError("main is the bootstrap's own stack. Nothing was changed. Allowed: another name");
    const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
    const own = `Pulumi.${stack}.yaml`;
    const places = [own, ...Object.keys(NAMED_IN)];
    const named = places.filter(file =>
        file === own ? existsSync(path.join(folder, own)) : NAMED_IN[file]?.(read(file)).includes(stack),
    );
    if (named.length === places.length) return undefined;
    if (named.length > 0)
        throw new UserError(
            `${stack} is there in part: in ${named.join(", ")}, and not in ${places.filter(file => !named.includes(file)).join(", ")}. Nothing was changed. Next: take it out of the former, or finish it by hand (docs/delivery.md, "Another stack").`,
        );
    for (const other of [like, position.stack]) readStackFiles(folder, other);

    const file = stackFileLike(read(`Pulumi.${like}.yaml`), wish);
    if (domain !== undefined && file.domain === undefined)
        throw new UserError(
            `${like} has no fargate:domain that ${domain} could take the place of. Nothing was changed. Next: leave --domain out.`,
        );
    const texts = {
        [own]: file.text,
        [BOOTSTRAP]: withEnvironment(read(BOOTSTRAP), wish, file),
        [DEPLOY]: withStage(read(DEPLOY), stack, position),
        [ROLLBACK]: withOption(read(ROLLBACK), stack, position.stack),
    };
    requireGood(folder, stack, texts);
    const waiting = stages(texts[DEPLOY])
        .filter(({ needs }) => needs.includes(stack))
        .map(other => other.stack);
    return { file, waiting, texts };
}

/** Both projects take what would be written. @throws RunError that lists what they refuse */
function requireGood(folder: string, stack: string, texts: Readonly<Record<string, string>>): void {
    const copy = mkdtempSync(path.join(tmpdir(), "stack-"));
    try {
        for (const name of ["Pulumi.yaml", "bootstrap/Pulumi.yaml"])
            write(copy, name, readFileSync(path.join(folder, name), "utf8"));
        for (const name of stackNames(folder)) write(copy, `Pulumi.${name}.yaml`, "");
        for (const [name, text] of Object.entries(texts)) write(copy, name, text);
        const files = readStackFiles(copy, stack);
        settingsOf(files.config, files);
        const { config, stack: main } = readStackFiles(path.join(copy, "bootstrap"), "main");
        bootstrapSettingsOf(config, main, files.project);
    } finally {
        rmSync(copy, { recursive: true, force: true });
    }
}

/** Writes a file of a project. */
export function write(folder: string, file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
}
