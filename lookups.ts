import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { ImageSource } from "./components/image";
import { contentTag } from "./model/content-hash";
import { parseImageReference } from "./model/image-reference";
import { serviceName } from "./model/names";
import { chooseZones } from "./model/zones";
import { PROJECT_FOLDER, ServiceSettings, Settings } from "./settings";

/** What the program asks AWS before it declares anything. */
export interface Lookups {
    readonly account: string;
    /** Empty for a VPC that exists already. */
    readonly zones: readonly string[];
    /** Present where the domain has a zone. */
    readonly hostedZoneId?: string;
    readonly sources: readonly { readonly service: ServiceSettings; readonly source: ImageSource }[];
}

/** @throws pulumi.RunError that says which name in the configuration stands for nothing in AWS. */
export async function lookUp(settings: Settings, provider: aws.Provider): Promise<Lookups> {
    const options = { provider };
    const registry = hasTagElsewhere(settings) ? new docker.Provider("docker", { disableDockerDaemonCheck: true }) : undefined;
    const [account, zones, hostedZoneId, sources] = await Promise.all([
        aws.getCallerIdentity({}, options).then(identity => identity.accountId),
        zonesOf(settings, options),
        hostedZoneIdOf(settings, options),
        allOf(
            settings.services.map(async service => ({
                service,
                source: await imageSource(settings, service, options, registry),
            })),
        ),
    ]);
    return { account, zones, hostedZoneId, sources };
}

async function zonesOf({ network }: Settings, options: pulumi.InvokeOptions): Promise<readonly string[]> {
    if (network.kind === "existing") return [];
    if (network.zones !== undefined) return network.zones;
    const { names, zoneIds } = await aws.getAvailabilityZones(
        { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
        options,
    );
    return chooseZones(
        names.map((name, index) => ({ name, id: zoneIds[index] ?? "" })),
        network.zoneCount,
    );
}

async function hostedZoneIdOf({ domain }: Settings, options: pulumi.InvokeOptions): Promise<string | undefined> {
    if (domain?.zone === undefined) return undefined;
    try {
        return (await aws.route53.getZone({ name: domain.zone, privateZone: false }, options)).zoneId;
    } catch (error) {
        throw notFound("fargate:domain.zone", domain.zone, "a public Route 53 hosted zone of this account", error);
    }
}

async function imageSource(
    settings: Settings,
    service: ServiceSettings,
    options: pulumi.InvokeOptions,
    registry?: docker.Provider,
): Promise<ImageSource> {
    if (service.image !== undefined)
        return { kind: "reference", reference: await digestReference(service.name, service.image, options, registry) };
    if (service.build === undefined) throw new Error(`service ${service.name} has neither image nor build`);

    const { build } = service;
    const platform = service.architecture === "arm64" ? "linux/arm64" : "linux/amd64";
    const fromProject = (file: string) => path.resolve(PROJECT_FOLDER, file);
    const tag = contentTag({
        ...build,
        context: fromProject(build.context),
        dockerfile: fromProject(build.dockerfile),
        platform,
    });
    const digest = await pushedDigest(serviceName(settings, service.name), tag, options);
    if (digest === undefined || (await isBuiltByThisStack(tag))) return { kind: "build", tag, platform, build };
    return { kind: "pushed", digest };
}

/** The image with its digest, which also proves that it exists. */
async function digestReference(
    service: string,
    reference: string,
    options: pulumi.InvokeOptions,
    registry?: docker.Provider,
): Promise<string> {
    const image = parseImageReference(reference);
    if (image === undefined) throw new Error(`${reference} is no image reference`);
    const key = `fargate:services.${service}.image`;
    if (image.ecr !== undefined) {
        const { account, name, region } = image.ecr;
        try {
            const which = image.digest === undefined ? { imageTag: image.tag } : { imageDigest: image.digest };
            const found = await aws.ecr.getImage({ registryId: account, repositoryName: name, ...which }, options);
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

function hasTagElsewhere({ services }: Settings): boolean {
    return services.some(({ image }) => {
        const parsed = image === undefined ? undefined : parseImageReference(image);
        return parsed !== undefined && parsed.ecr === undefined && parsed.digest === undefined;
    });
}

const ABSENT = /RepositoryNotFound|ImageNotFound|not found|no matching|empty result/i;

/** The digest that a tag of this repository stands for; undefined where either does not exist yet. */
async function pushedDigest(
    repositoryName: string,
    imageTag: string,
    options: pulumi.InvokeOptions,
): Promise<string | undefined> {
    try {
        return (await aws.ecr.getImage({ repositoryName, imageTag }, options)).imageDigest;
    } catch (error) {
        if (ABSENT.test(String(error))) return undefined;
        throw error;
    }
}

/**
 * Whether the stack's state holds the build that pushed this tag. Tags never move, so a tag that somebody else pushed (an update that was killed
 * before it could write that down, or an earlier build of the same content) is used as it is; a build that the state holds has to stay declared,
 * or the next preview would show it deleted.
 */
async function isBuiltByThisStack(tag: string): Promise<boolean> {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const state = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })) as {
        outputs: Record<string, { type: string; outputs: { tags?: string[] } }>;
    };
    return Object.values(state.outputs).some(
        ({ type, outputs }) =>
            type === "docker-build:index:Image" && outputs.tags?.some(candidate => candidate.endsWith(`:${tag}`)),
    );
}

function notFound(key: string, found: string, allowed: string, error: unknown): pulumi.RunError {
    const reason = String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
    return new pulumi.RunError(
        `${key}: ${found} was not found. Allowed: ${allowed}. AWS or the registry said: ${reason}. Nothing was created.`,
    );
}

/** All results, or one error that tells every failure. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
    const settled = await Promise.allSettled(promises);
    const failures = settled.flatMap(result => (result.status === "rejected" ? [result.reason as unknown] : []));
    const [first] = failures;
    if (failures.length === 1) throw first;
    if (failures.length > 1)
        throw new pulumi.RunError(
            failures.map(failure => (failure instanceof Error ? failure.message : String(failure))).join("\n"),
        );
    return settled.flatMap(result => (result.status === "fulfilled" ? [result.value] : []));
}
