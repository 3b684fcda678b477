import { Stats, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { BadIgnoreFile, ignoreRules, isFileOfFolder } from "../model/build-context";
import { ImageReference, ecrFault, parseImageReference } from "../model/image-reference";
import type { At, Context } from "./check";
import { givenText, plainValue, variableName } from "./forms";
import { Finding, suggest } from "./problems";
import type { BuildSettings, Settings, TaskSettings } from "./types";

/** Where the image of a service comes from: a build, an image that exists, or CI. */

const trimmed = givenText.min(1, { error: "a text that is not empty" }).refine(value => value === value.trim(), {
    error: "without white space around it, which CI's build action takes away",
    abort: true,
});

/** buildx reads standard input for `-`, an option for `-x` and the network for a URL, also where a file has that name; CI's build action fills in `{{…}}`. */
const buildPath = trimmed.refine(value => !/^-|^[./]*\s|^https?:\/\/|\{\{/.test(value), {
    error: "a path that is neither an option, a URL nor a template: ./… where a name begins so, and none with {{ or white space first",
});

const buildArgument = plainValue.refine(value => value === value.trimEnd(), {
    error: "without white space at its end, which CI's build action takes away; of a YAML block: |- in place of |",
});

export const buildSchema = z.strictObject({
    context: buildPath.describe("Folder in the project that the Dockerfile may copy from, relative to the project."),
    dockerfile: buildPath.optional().describe("File in the project, relative to it. Default: Dockerfile in the context."),
    args: z
        .record(variableName, buildArgument)
        .prefault({})
        .describe("Build arguments; they stay in the image, so never secrets."),
    target: trimmed.optional().describe("Stage to build. Default: the last one."),
});

const BY_DIGEST = "<repository>@sha256:<64 hex digits>";
const BY_TAG = `<repository>:<tag> or ${BY_DIGEST}`;

/** Where a task would look for it in its own network namespace. */
const ON_THIS_MACHINE = /^(localhost|127(\.\d+){3}|0\.0\.0\.0)(:\d+)?\//;

const isReference = (value: string, fits: (image: ImageReference) => boolean) => {
    const image = parseImageReference(value);
    return image !== undefined && !ON_THIS_MACHINE.test(value) && ecrFault(image) === undefined && fits(image);
};

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

/** An image that exists. */
export const imageReferenceSchema = z.string({ error: BY_TAG }).refine(image => isReference(image, () => true), {
    error: ({ input }) => referenceFault(String(input), BY_TAG),
});

const OF_ANOTHER = "{ of: <service> } for the image of another service";

/** An image that exists, or whichever one another service runs. */
export const imageSchema = z
    .union([z.string(), z.strictObject({ of: z.string().describe("Service whose image this one runs, built once for both.") })], {
        error: `${BY_TAG}; or ${OF_ANOTHER}`,
    })
    .refine(image => typeof image !== "string" || isReference(image, () => true), {
        error: ({ input }) => referenceFault(String(input), BY_TAG),
    });

export const imagesSchema = z
    .record(
        z.string(),
        z.string({ error: BY_DIGEST }).refine(value => isReference(value, ({ digest }) => digest !== undefined), {
            error: ({ input }) => referenceFault(String(input), BY_DIGEST),
        }),
    )
    .default({})
    .describe("Images that CI built, by service and digest; they override `build` and `image`.");

/** Where it stands what an image needs that was made for other platforms. */
export const STOCK_IMAGES = "docs/configuration.md#stock-images";

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

export function source(task: TaskSettings, { parsed, settings, root }: Context<ParsedTasks>, at: At): readonly Finding[] {
    const given = parsed.services[task.name] ?? parsed.jobs[task.name];
    const findings: Finding[] = [];
    if (given?.build !== undefined && given.image !== undefined) {
        findings.push({ path: at("image"), found: "build and image", allowed: "one of the two" });
    }
    if (task.of !== undefined) return [...findings, ...ofAnother(task, task.of, settings, at)];
    if (task.build === undefined && task.image === undefined) {
        findings.push({
            path: at(),
            found: "neither build nor image",
            allowed: "build: { context: ./app }, or image: <repository>:<tag>",
            because: [at("build"), at("image")],
        });
    }
    // Where CI hands over an image it was built already, maybe of other files.
    const isBuilt = task.image !== undefined && task.image !== given?.image;
    if (task.build === undefined || isBuilt) return findings;
    const { context, dockerfile } = task.build;
    const ofContext = contextProblem(context, root);
    const isBelow = path.normalize(dockerfile).startsWith(path.join(context, path.sep));
    const ofDockerfile = ofContext !== undefined && isBelow ? undefined : dockerfileProblem(dockerfile, root);
    const told = [
        ...(ofContext === undefined ? [] : [{ path: at("build", "context"), ...ofContext }]),
        ...(ofDockerfile === undefined ? [] : [{ path: at("build", "dockerfile"), ...ofDockerfile }]),
    ];
    return [...findings, ...told, ...(told.length > 0 ? [] : ignoreProblems(task.build, root, at))];
}

type Fault = Pick<Finding, "found" | "allowed">;

/** Of a service with an image of its own, that runs on the same kind of processor. */
function ofAnother(task: TaskSettings, of: string, { services }: Settings, at: At): readonly Finding[] {
    const path = at("image", "of");
    const own = services.filter(({ name, of: another }) => another === undefined && name !== task.name);
    const names = own.map(({ name }) => name);
    const service = own.find(({ name }) => name === of);
    if (service === undefined) {
        const through = services.find(({ name }) => name === of)?.of ?? "";
        const none =
            names.length === 0 ? "another service's name, with a build or an image of its own, and there is none" : undefined;
        const allowed = none ?? (names.includes(through) ? `${through}, whose image ${of} runs` : suggest(of, names));
        return [{ path, found: of, allowed, because: [["services"]] }];
    }
    if (service.build === undefined || service.architecture === task.architecture) return [];
    return [
        {
            path: at("architecture"),
            found: task.architecture,
            allowed: `${service.architecture}, for which the image of ${of} is built`,
            because: [["services", of, "architecture"]],
        },
    ];
}

/** A build reads what the project holds: beside it lie, in CI, the registries' passwords in `$HOME/.docker`. */
function contextProblem(context: string, root: string): Fault | undefined {
    if (!statOf(asWritten(root, context))?.isDirectory())
        return { found: `${context}, which is no folder`, allowed: "a folder, relative to the project" };
    if (endsInside(root, context)) return undefined;
    return {
        found: `${context}, which ends outside of the project`,
        allowed: "a folder of the project, also behind links: copy there what the image needs",
    };
}

function dockerfileProblem(dockerfile: string, root: string): Fault | undefined {
    if (!statOf(asWritten(root, dockerfile))?.isFile())
        return { found: `${dockerfile}, which is no file`, allowed: "a Dockerfile, relative to the project" };
    if (!endsInside(root, dockerfile))
        return {
            found: `${dockerfile}, which ends outside of the project`,
            allowed: "a Dockerfile of the project, also behind links",
        };
    if (isFileOfFolder(path.resolve(root, dockerfile))) return undefined;
    return {
        found: `${dockerfile}, which is a link that BuildKit does not follow`,
        allowed: "a file, or a link straight to one in its folder",
    };
}

function ignoreProblems({ context, dockerfile }: BuildSettings, root: string, at: At): readonly Finding[] {
    try {
        ignoreRules({ context: path.resolve(root, context), dockerfile: path.resolve(root, dockerfile) });
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

export function imagesOfServices({ parsed, settings }: Context<ParsedTasks>): readonly Finding[] {
    const known = [...Object.keys(parsed.services), ...Object.keys(parsed.jobs)];
    return Object.keys(parsed.images).flatMap(name => {
        const finding = { path: ["images", name], because: [["services", name]] };
        const of = [...settings.services, ...settings.jobs].find(task => task.name === name)?.of;
        if (of !== undefined) return [{ ...finding, found: name, allowed: `${of}, whose image ${name} runs` }];
        if (known.includes(name)) return [];
        return [{ ...finding, found: "a service or job that does not exist", allowed: suggest(name, known) }];
    });
}
