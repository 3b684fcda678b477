import { statSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { ImageReference, isStrangeEcr, parseImageReference } from "../model/image-reference";
import type { At, Context } from "./check";
import { plainValue, variableName } from "./forms";
import { Finding, suggest } from "./problems";
import type { ServiceSettings } from "./types";

/** Where the image of a service comes from: a build, an image that exists, or CI. */

export const buildSchema = z.strictObject({
    context: z.string().min(1).describe("Folder that the Dockerfile may copy from, relative to the project."),
    dockerfile: z.string().min(1).optional().describe("Default: Dockerfile in the context."),
    args: z.record(variableName, plainValue).prefault({}).describe("Build arguments; they stay in the image, so never secrets."),
    target: z.string().min(1).optional().describe("Stage to build. Default: the last one."),
});

const BY_DIGEST = "<repository>@sha256:<64 hex digits>";
const BY_TAG = `<repository>:<tag> or ${BY_DIGEST}`;

const reference = (form: string, fits: (image: ImageReference) => boolean) =>
    z.string({ error: form }).refine(
        value => {
            const image = parseImageReference(value);
            return image !== undefined && !isStrangeEcr(image) && fits(image);
        },
        { error: ({ input }) => referenceFault(String(input), form) },
    );

function referenceFault(found: string, form: string): string {
    if (/^[a-z]+:\/\//.test(found)) return `${form}, without https://`;
    const image = parseImageReference(found);
    if (image !== undefined && isStrangeEcr(image))
        return `${form}, in ECR on a host that it has: <account>.dkr.ecr.<region>.amazonaws.com, with .amazonaws.com.cn in China and .amazonaws.eu in the European Sovereign Cloud`;
    if (image !== undefined) return form;
    if (parseImageReference(`${found}:tag`) !== undefined) return `${form}; a name alone would be another image tomorrow`;
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

interface Parsed {
    readonly services: Readonly<Record<string, { readonly build?: unknown; readonly image?: unknown }>>;
    readonly images: z.output<typeof imagesSchema>;
}

export function source(service: ServiceSettings, { parsed, root }: Context<Parsed>, at: At): readonly Finding[] {
    const given = parsed.services[service.name];
    const findings: Finding[] = [];
    if (given?.build !== undefined && given.image !== undefined) {
        findings.push({ path: at("image"), found: "build and image", allowed: "one of the two" });
    }
    if (service.build === undefined && service.image === undefined) {
        findings.push({
            path: at(),
            found: "neither build nor image",
            allowed: "build: { context: ./app }, or image: <repository>:<tag>",
            because: [at("build"), at("image")],
        });
    }
    if (service.build === undefined || service.image !== undefined) return findings;
    const { context, dockerfile } = service.build;
    if (!statSync(path.resolve(root, context), { throwIfNoEntry: false })?.isDirectory()) {
        return [
            ...findings,
            {
                path: at("build", "context"),
                found: `${context}, which is no folder`,
                allowed: "a folder, relative to the project",
            },
        ];
    }
    if (!statSync(path.resolve(root, dockerfile), { throwIfNoEntry: false })?.isFile()) {
        findings.push({
            path: at("build", "dockerfile"),
            found: `${dockerfile}, which is no file`,
            allowed: "a Dockerfile, relative to the project",
        });
    }
    return findings;
}

export function imagesOfServices({ parsed }: Context<Parsed>): readonly Finding[] {
    const known = Object.keys(parsed.services);
    return Object.keys(parsed.images)
        .filter(name => !known.includes(name))
        .map(name => ({
            path: ["images", name],
            found: "a service that does not exist",
            allowed: suggest(name, known),
            because: [["services", name]],
        }));
}
