import { Stats, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { BadIgnoreFile, ignoreRules, isFileOfFolder } from "../model/build-context";
import { ImageReference, ecrFault, parseImageReference } from "../model/image-reference";
import type { At, Context } from "./check";
import { givenText, plainValue, variableName } from "./forms";
import { Finding, suggest } from "./problems";
import type { BuildSettings, TaskSettings } from "./types";

/** Where the image of a service comes from: a build, an image that exists, or CI. */

export const buildSchema = z.strictObject({
    context: givenText
        .min(1, { error: "a text that is not empty" })
        .describe("Folder in the project that the Dockerfile may copy from, relative to the project."),
    dockerfile: givenText
        .min(1, { error: "a text that is not empty" })
        .optional()
        .describe("File in the project, relative to it. Default: Dockerfile in the context."),
    args: z.record(variableName, plainValue).prefault({}).describe("Build arguments; they stay in the image, so never secrets."),
    target: givenText.min(1, { error: "a text that is not empty" }).optional().describe("Stage to build. Default: the last one."),
});

const BY_DIGEST = "<repository>@sha256:<64 hex digits>";
const BY_TAG = `<repository>:<tag> or ${BY_DIGEST}`;

/** Where a task would look for it in its own network namespace. */
const ON_THIS_MACHINE = /^(localhost|127(\.\d+){3}|0\.0\.0\.0)(:\d+)?\//;

const reference = (form: string, fits: (image: ImageReference) => boolean) =>
    z.string({ error: form }).refine(
        value => {
            const image = parseImageReference(value);
            return image !== undefined && !ON_THIS_MACHINE.test(value) && ecrFault(image) === undefined && fits(image);
        },
        { error: ({ input }) => referenceFault(String(input), form) },
    );

function referenceFault(found: string, form: string): string {
    const [scheme] = /^[a-z]+:\/\//.exec(found) ?? [];
    if (scheme !== undefined) return `${form}, without ${scheme}`;
    if (ON_THIS_MACHINE.test(found)) return `${form}, in a registry that tasks reach; this one is on the machine itself`;
    const image = parseImageReference(found);
    const fault = image && ecrFault(image);
    if (fault !== undefined) return `${form}, in ECR on a host that it has: <account>.dkr.ecr.<region>.amazonaws.com, ${fault}`;
    if (image !== undefined) return form;
    if (parseImageReference(`${found}:tag`) !== undefined) return `${form}; a name alone would be another image tomorrow`;
    if (parseImageReference(found.replace(/@.*$/, digest => digest.toLowerCase())) !== undefined)
        return `${form}; a digest is in lower case`;
    if (/^[^:@]{256}/.test(found)) return `${form}; a repository's name has at most 255 characters behind its host`;
    if (parseImageReference(found.toLowerCase()) !== undefined) return `${form}; repositories are named in lower case`;
    return form;
}

export const imageReferenceSchema = reference(BY_TAG, () => true);

export const imagesSchema = z
    .record(
        z.string(),
        reference(BY_DIGEST, ({ digest }) => digest !== undefined),
    )
    .default({})
    .describe("Images that CI built, by service and digest; they override `build` and `image`.");

interface Origin {
    readonly build?: unknown;
    readonly image?: unknown;
}

/** What `source` looks at of the values as they are written. */
export interface ParsedTasks {
    readonly services: Readonly<Record<string, Origin>>;
    readonly jobs: Readonly<Record<string, Origin>>;
    readonly images: z.output<typeof imagesSchema>;
}

export function source(task: TaskSettings, { parsed, root }: Context<ParsedTasks>, at: At): readonly Finding[] {
    const given = parsed.services[task.name] ?? parsed.jobs[task.name];
    const findings: Finding[] = [];
    if (given?.build !== undefined && given.image !== undefined) {
        findings.push({ path: at("image"), found: "build and image", allowed: "one of the two" });
    }
    if (task.build === undefined && task.image === undefined) {
        findings.push({
            path: at(),
            found: "neither build nor image",
            allowed: "build: { context: ./app }, or image: <repository>:<tag>",
            because: [at("build"), at("image")],
        });
    }
    if (task.build === undefined || task.image !== undefined) return findings;
    return [...findings, ...buildFiles(task.build, root, at)];
}

/** A build reads what the project holds: beside it lie, in CI, the registries' passwords in `$HOME/.docker`. */
function buildFiles({ context, dockerfile }: BuildSettings, root: string, at: At): readonly Finding[] {
    const problem = (key: "context" | "dockerfile", found: string, allowed: string) => [
        { path: at("build", key), found: `${key === "context" ? context : dockerfile}, which ${found}`, allowed },
    ];
    if (!statOf(asWritten(root, context))?.isDirectory())
        return problem("context", "is no folder", "a folder, relative to the project");
    if (!endsInside(root, context))
        return problem(
            "context",
            "ends outside of the project",
            "a folder of the project, also behind links: copy there what the image needs",
        );
    if (!statOf(asWritten(root, dockerfile))?.isFile())
        return problem("dockerfile", "is no file", "a Dockerfile, relative to the project");
    if (!endsInside(root, dockerfile))
        return problem("dockerfile", "ends outside of the project", "a Dockerfile of the project, also behind links");
    const build = { context: path.resolve(root, context), dockerfile: path.resolve(root, dockerfile) };
    if (!isFileOfFolder(build.dockerfile))
        return problem(
            "dockerfile",
            "is a link that BuildKit does not follow",
            "a file, or a link straight to one in its folder",
        );
    try {
        ignoreRules(build);
        return [];
    } catch (error) {
        if (!(error instanceof BadIgnoreFile)) throw error;
        const found = `${path.relative(root, error.file)}: ${error.reason}`;
        return [
            {
                path: at("build"),
                found,
                allowed: "an ignore file that BuildKit reads (https://docs.docker.com/build/concepts/context/#syntax)",
            },
        ];
    }
}

/** Nothing for what cannot be reached, for whatever reason: a name too long, links in a circle, a folder that is closed. */
function statOf(file: string): Stats | undefined {
    try {
        return statSync(file);
    } catch {
        return undefined;
    }
}

/** As a build gets it: in `link/../app`, the folder beside where the link ends. */
function asWritten(root: string, file: string): string {
    return path.isAbsolute(file) ? file : `${root}${path.sep}${file}`;
}

/** Whether a path that exists ends in the project behind all links, in the one folder for those that follow a link before `..` and those that do not. */
function endsInside(root: string, file: string): boolean {
    const project = realpathSync.native(root);
    const end = realpathSync.native(asWritten(root, file));
    const isSame = statOf(path.resolve(root, file)) && realpathSync.native(path.resolve(root, file)) === end;
    return isSame === true && (end === project || end.startsWith(project + path.sep));
}

export function imagesOfServices({ parsed }: Context<ParsedTasks>): readonly Finding[] {
    const known = [...Object.keys(parsed.services), ...Object.keys(parsed.jobs)];
    return Object.keys(parsed.images)
        .filter(name => !known.includes(name))
        .map(name => ({
            path: ["images", name],
            found: "a service that does not exist",
            allowed: suggest(name, known),
            because: [["services", name]],
        }));
}
