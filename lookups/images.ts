import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { BuildContext, linksWithoutEnd } from "../model/build-context";
import { contentTag } from "../model/content-hash";
import { ImageSource, parseImageReference } from "../model/image-reference";
import { serviceName } from "../model/names";
import { BuildSettings, PROJECT_FOLDER, Settings, TaskSettings } from "../settings";
import { notFound } from "./not-found";
import { stateResources } from "./state";

/** Where the image of a service or job comes from. `registry` is needed where `isTagElsewhere`. */
export async function imageSource(
    settings: Settings,
    service: TaskSettings,
    options: pulumi.InvokeOptions,
    registry?: docker.Provider,
): Promise<ImageSource> {
    if (service.image !== undefined)
        return {
            kind: "reference",
            reference: await digestReference(keyOf(settings, service), service.image, options, registry),
        };
    if (service.build === undefined) throw new Error(`service ${service.name} has neither image nor build`);
    return buildSource(serviceName(settings, service.name), service.build, service.architecture, options);
}

/**
 * An image that is built, or one of the same content that its repository has already.
 *
 * Tags never move, so a tag that somebody else pushed (an update that was killed before it could write that down, or an earlier build of the same
 * content) is used as it is. A build that the stack's state holds stays declared, or the next preview would show it deleted.
 */
export async function buildSource(
    repositoryName: string,
    build: BuildSettings,
    architecture: TaskSettings["architecture"],
    options: pulumi.InvokeOptions,
): Promise<ImageSource> {
    const platform = architecture === "arm64" ? "linux/arm64" : "linux/amd64";
    const fromProject = (file: string) => path.resolve(PROJECT_FOLDER, file);
    const files = { ...build, context: fromProject(build.context), dockerfile: fromProject(build.dockerfile) };
    const tag = contentTag({ ...files, platform });
    const digest = await pushedDigest(repositoryName, tag, options);
    if (digest === undefined || (await isBuiltByThisStack(`/${repositoryName}:${tag}`))) {
        refuseLinksWithoutEnd(files);
        return { kind: "build", tag, platform, build };
    }
    return { kind: "pushed", digest };
}

/** The provider docker-build 0.0.22 hashes a context by itself, and opens what links point at (context.go, `hashFile`): it would hang. */
function refuseLinksWithoutEnd(build: BuildContext): void {
    const [link] = linksWithoutEnd(build);
    if (link === undefined) return;
    throw new pulumi.RunError(
        `${JSON.stringify(link)} in the build context ${build.context} is a link to a pipe or a device, which the provider docker-build would read without end. Next: make the link in a RUN line, or leave it out in .dockerignore.`,
    );
}

/** Whether a reference is a tag outside of ECR, which only its own registry can resolve. */
export function isTagElsewhere(reference: string): boolean {
    const image = parseImageReference(reference);
    return image !== undefined && image.ecr === undefined && image.digest === undefined;
}

function keyOf({ jobs }: Settings, { name }: TaskSettings): string {
    const section = jobs.some(job => job.name === name) ? "jobs" : "services";
    return `fargate:${section}.${name}.image, or fargate:images.${name}`;
}

/** The image with its digest, which also proves that it exists. @param key where the reference is written */
export async function digestReference(
    key: string,
    reference: string,
    options: pulumi.InvokeOptions,
    registry?: docker.Provider,
): Promise<string> {
    const image = parseImageReference(reference);
    if (image === undefined) throw new Error(`${reference} is no image reference`);
    if (image.ecr !== undefined) {
        const { account, name, region } = image.ecr;
        try {
            const which = image.digest === undefined ? { imageTag: image.tag } : { imageDigest: image.digest };
            const found = await aws.ecr.getImage({ region, registryId: account, repositoryName: name, ...which }, options);
            return `${image.repository}@${found.imageDigest}`;
        } catch (error) {
            throw notFound(key, reference, `an image in ECR in ${region} that these credentials may see`, error);
        }
    }
    // A bare digest cannot be looked up, and cannot move either.
    if (image.digest !== undefined) return `${image.repository}@${image.digest}`;
    try {
        const found = await docker.getRegistryImage({ name: reference }, { provider: registry });
        return `${image.repository}@${found.sha256Digest}`;
    } catch (error) {
        throw notFound(key, reference, "an image that its registry shows without a login", error);
    }
}

/**
 * The digest that a tag of this repository stands for; undefined where either does not exist yet, which providers tell in too many ways to
 * tell it from other failures. What cannot be seen is built, and a push that must not be is refused by the registry.
 */
async function pushedDigest(
    repositoryName: string,
    imageTag: string,
    options: pulumi.InvokeOptions,
): Promise<string | undefined> {
    try {
        return (await aws.ecr.getImage({ repositoryName, imageTag }, options)).imageDigest;
    } catch {
        return undefined;
    }
}

/** Whether the stack's state holds a build whose tag ends so. */
async function isBuiltByThisStack(ending: string): Promise<boolean> {
    return (await stateResources()).some(
        ({ type, outputs }) =>
            type === "docker-build:index:Image" &&
            (outputs["tags"] as readonly string[] | undefined)?.some(tag => tag.endsWith(ending)),
    );
}
