import { ImageReference, parseImageReference } from "../../model/image-reference";
import type { Clients } from "./clients";
import { MANIFEST_TYPES } from "./image-platform";

/** What a registry shows of an image. */
export interface Registry {
    /** Undefined where the registry has no such image. */
    manifest(image: ImageReference): Promise<string | undefined>;
    /** Undefined where the registry does not show it. */
    blob(image: ImageReference, digest: string): Promise<string | undefined>;
}

/** The registry of an image, asked as whoever updates: ECR with the credentials, any other without a login. */
export function registryOf(image: ImageReference, aws: Pick<Clients, "ecr">, signal: AbortSignal): Registry {
    return image.ecr === undefined ? publicRegistry(signal) : privateEcr(image.ecr.region, aws, signal);
}

/** The same image by another digest. */
export function withDigest(image: ImageReference, digest: string): ImageReference {
    return { ...image, tag: undefined, digest };
}

function privateEcr(region: string, { ecr }: Pick<Clients, "ecr">, signal: AbortSignal): Registry {
    return {
        manifest: async ({ ecr: repository, digest, tag }) => {
            const { BatchGetImageCommand, RepositoryNotFoundException } = await import("@aws-sdk/client-ecr");
            const question = new BatchGetImageCommand({
                registryId: repository?.account,
                repositoryName: repository?.name,
                imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
                acceptedMediaTypes: MANIFEST_TYPES,
            });
            try {
                const { images = [] } = await (await ecr(region)).send(question);
                return images[0]?.imageManifest;
            } catch (error) {
                if (error instanceof RepositoryNotFoundException) return undefined;
                throw error;
            }
        },
        blob: async ({ ecr: repository }, layerDigest) => {
            const { GetDownloadUrlForLayerCommand } = await import("@aws-sdk/client-ecr");
            const question = new GetDownloadUrlForLayerCommand({
                registryId: repository?.account,
                repositoryName: repository?.name,
                layerDigest,
            });
            const { downloadUrl = "" } = await (await ecr(region)).send(question);
            const response = await fetch(downloadUrl, { signal });
            return response.ok ? response.text() : undefined;
        },
    };
}

/** Docker Hub is asked elsewhere than its name says. */
const HUB = "registry-1.docker.io";

/** By the protocol of the OCI distribution specification, with the token that a registry gives to everybody. */
function publicRegistry(signal: AbortSignal): Registry {
    const ask = async (image: ImageReference, path: string): Promise<Response> => {
        const { host, name } = placeOf(image);
        const url = `https://${host}/v2/${name}/${path}`;
        const headers = { accept: MANIFEST_TYPES.join(", ") };
        const first = await fetch(url, { headers, signal });
        if (first.status !== 401) return first;
        const authorization = await tokenFor(first.headers.get("www-authenticate") ?? "", signal);
        return authorization === undefined ? first : fetch(url, { headers: { ...headers, authorization }, signal });
    };
    return {
        manifest: async image => {
            const response = await ask(image, `manifests/${image.digest ?? image.tag ?? ""}`);
            if (response.ok) return response.text();
            if (response.status === 404) return undefined;
            throw new Error(`its registry answers ${response.status} without a login`);
        },
        blob: async (image, digest) => {
            const response = await ask(image, `blobs/${digest}`);
            return response.ok ? response.text() : undefined;
        },
    };
}

/** Docker's rule: a first part with a dot or a port, or `localhost`, is a host; all else is Docker Hub's. */
export function placeOf({ repository }: Pick<ImageReference, "repository">): { readonly host: string; readonly name: string } {
    const [first = "", ...rest] = repository.split("/");
    if (rest.length > 0 && (/[.:]/.test(first) || first === "localhost"))
        return first === "docker.io" ? onHub(rest) : { host: first, name: rest.join("/") };
    return onHub([first, ...rest]);
}

function onHub(parts: readonly string[]) {
    return { host: HUB, name: parts.length === 1 ? `library/${parts[0] ?? ""}` : parts.join("/") };
}

/** `Bearer realm="…",service="…",scope="…"` @returns undefined where another way to log in is asked for */
async function tokenFor(challenge: string, signal: AbortSignal): Promise<string | undefined> {
    const parts = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]));
    const { realm, ...question } = parts;
    if (!/^bearer /i.test(challenge) || realm === undefined || !realm.startsWith("https://")) return undefined;
    const response = await fetch(`${realm}?${new URLSearchParams(question).toString()}`, { signal });
    if (!response.ok) return undefined;
    const { token, access_token: other } = (await response.json()) as { readonly token?: string; readonly access_token?: string };
    return `Bearer ${token ?? other ?? ""}`;
}

/** @throws where it is no reference, which settings refuse */
export function imageOf(reference: string): ImageReference {
    const image = parseImageReference(reference);
    if (image === undefined) throw new Error(`${reference} is no image reference`);
    return image;
}
