import type { Check, Finding, Subject } from "../check";
import { imageConfigOf, manifestOf, misfits } from "../image-platform";
import { Use, usesIn } from "../image-uses";
import { findingOf } from "../obstacle";
import { Registry, imageOf, registryOf, withDigest } from "../registry";

export const images: Check = {
    name: "images",
    asks: "whether each image that is not built by the update exists, is for its task's architecture, and, where its configuration can be read, fits the container's user and port",
    run: async subject => {
        const uses = usesIn(subject, await subject.images());
        const findings = (await Promise.all(uses.map(use => asked(use, subject)))).flat();
        const good = uses.filter(({ name }) => !findings.some(({ found }) => found.startsWith(`${name}: `)));
        return good.length === 0
            ? findings
            : [...findings, { status: "ok", found: `${good.map(({ name }) => name).join(", ")}: there` }];
    },
};

async function asked(use: Use, { aws, signal }: Subject): Promise<readonly Finding[]> {
    const image = imageOf(use.reference);
    try {
        return await judged(use, registryOf(image, aws, signal));
    } catch (error) {
        const { found, ...rest } = findingOf(error, signal, await aws.obstacle());
        return [{ ...rest, found: `${use.name}: ${found}` }];
    }
}

/** What a registry shows of an image, against what its container needs. */
export async function judged(use: Use, registry: Registry): Promise<readonly Finding[]> {
    const { name, reference, platform, key } = use;
    const image = imageOf(reference);
    const text = await registry.manifest(image);
    if (text === undefined)
        return [
            {
                status: "failure",
                found: `${name}: there is no image ${reference}, or none that may be seen`,
                fix:
                    image.ecr === undefined
                        ? `name one that is there at ${key}.image`
                        : `push it, or name one of aws ecr describe-images --region ${image.ecr.region} --registry-id ${image.ecr.account} --repository-name ${image.ecr.name}`,
            },
        ];
    const manifest = manifestOf(text);
    if (manifest.kind === "unknown") return [];
    const other = (platforms: readonly string[]): Finding => ({
        status: "failure",
        found: `${name}: ${reference} is for ${platforms.join(", ") || "no platform"}, and its task is ${platform}`,
        fix: `docker buildx build --platform ${platform}, or ${key}.architecture`,
    });
    if (manifest.kind === "index") {
        const own = manifest.images.find(one => one.platform === platform);
        if (own === undefined) return manifest.isSilent ? [] : [other(manifest.images.map(one => one.platform))];
        const inner = manifestOf((await registry.manifest(withDigest(image, own.digest))) ?? "");
        return inner.kind === "image" ? fitting(use, await configIn(registry, image, inner.config)) : [];
    }
    const config = await configIn(registry, image, manifest.config);
    return config !== undefined && config.platform !== platform ? [other([config.platform])] : fitting(use, config);
}

function fitting(use: Use, config: ReturnType<typeof imageConfigOf>): readonly Finding[] {
    if (config === undefined) return [];
    return misfits(use, config).map(({ found, fix }) => ({ status: "warning", found: `${use.name}: ${found}`, fix }));
}

/** Undefined where it cannot be read, which is no fault of the image. */
async function configIn(registry: Registry, image: Parameters<Registry["blob"]>[0], digest: string) {
    const text = await registry.blob(image, digest).catch(() => undefined);
    return text === undefined ? undefined : imageConfigOf(text);
}
