import { createHash } from "node:crypto";
import { parseDocument } from "yaml";
import { parseImageReference, registryHost } from "../../model/image-reference";
import type { NamedNetwork, NetworkKey, Settings, TaskSettings } from "../../settings";
import { NETWORK_KEYS, isId } from "../../settings/named-network";
import { PlacedTask, containersOf, imageOwners, tasksOf } from "../../settings/tasks";
import type { StackFiles } from "../cli/stack-files";
import { inventory } from "../inventory/inventory";
import { standIns } from "../inventory/named-network";
import { IMAGE_BUILD } from "../inventory/types/ecr";
import { isInCloud } from "./operations";
import { ACCOUNT, Seeded, Seeds } from "./emulator";

/** How the provider reaches the emulator; see the data on moto. */
const EMULATOR_CONFIG = {
    "aws:s3UsePathStyle": "true",
    "aws:skipCredentialsValidation": "true",
    "aws:skipMetadataApiCheck": "true",
    // An error of moto's own answers 500, and would be tried again for minutes.
    "aws:maxRetries": "2",
};

/** Keys under `aws:` that mean the real account. */
const REAL_ACCOUNT = [
    "aws:profile",
    "aws:assumeRoles",
    "aws:assumeRoleWithWebIdentity",
    "aws:allowedAccountIds",
    "aws:forbiddenAccountIds",
    "aws:endpoints",
    "aws:customCaBundle",
    "aws:httpProxy",
    "aws:httpsProxy",
    "aws:ec2MetadataServiceEndpoint",
];

/** What the stack takes for granted, and the emulator has to make first. */
export function seedsOf(settings: Settings): Seeds {
    const { region, domain, loadBalancer, network, project, stack } = settings;
    const outbound = tasksOf(settings).flatMap(({ task }) => task.outbound ?? []);
    return {
        region,
        zones: domain?.zone === undefined ? [] : [domain.zone],
        certificate: domain?.certificateArn === undefined ? undefined : domain.name,
        secretArns: tasksOf(settings)
            .flatMap(containersOf)
            .flatMap(({ container }) => Object.values(container.secrets)),
        images: [...imageOwners(settings), ...tasksOf(settings).flatMap(sidecarsOf)].flatMap(one => {
            const image = parseImageReference(stoodInBy(settings, one));
            return image?.ecr && image.digest ? [{ repository: image.ecr.name, digest: image.digest }] : [];
        }),
        reached: {
            groups: outbound.flatMap(({ securityGroupId = [] }) => securityGroupId),
            lists: [...outbound.flatMap(({ prefixListId = [] }) => prefixListId), ...(loadBalancer?.allowPrefixLists ?? [])],
        },
        owner: network.kind === "created" ? { project, stack } : undefined,
        ...networkSeeds(settings),
    };
}

/** A VPC for one that exists already, and CloudFormation exports of it where these name it. */
function networkSeeds(settings: Settings): Pick<Seeds, "network" | "exports"> {
    const { network } = settings;
    if (network.kind === "created") return {};
    if (network.kind === "existing")
        return { network: { publicSubnets: network.publicSubnetIds.length, privateSubnets: network.privateSubnetIds.length } };
    const stands = standIns(settings, network);
    const ids = (wanted: NetworkKey) => stands.filter(({ key }) => key === wanted).reduce((sum, { count }) => sum + count, 0);
    return {
        network: { publicSubnets: ids("publicSubnetIds"), privateSubnets: ids("privateSubnetIds") },
        ...(isAllExports(network) && { exports: stands }),
    };
}

function isAllExports({ stack, names }: NamedNetwork): boolean {
    return stack === undefined && NETWORK_KEYS.every(key => !names[key].some(name => isId(key, name)));
}

/** The stack's configuration as it is used in the sandbox: the same, but for what belongs to a real account. Nothing is built or pushed. */
export function sandboxConfig(files: StackFiles, settings: Settings, seeded: Seeded): Record<string, string> {
    const kept = Object.entries(files.config).filter(([key]) => !REAL_ACCOUNT.includes(key) && !files.secretKeys.includes(key));
    const config: Record<string, string> = { ...Object.fromEntries(kept), ...EMULATOR_CONFIG };
    config["fargate:images"] = JSON.stringify(
        Object.fromEntries(imageOwners(settings).map(task => [task.name, stoodInBy(settings, task)])),
    );
    for (const placed of tasksOf(settings))
        for (const sidecar of sidecarsOf(placed)) replaceImage(config, sidecar, stoodInBy(settings, sidecar));
    const { domain, network } = settings;
    if (domain?.certificateArn !== undefined)
        config["fargate:domain"] = JSON.stringify({ name: domain.name, certificateArn: seeded.certificateArn });
    if (network.kind === "existing") {
        const { kind: _, ...given } = network;
        config["fargate:network"] = JSON.stringify({ ...given, ...seeded.network });
    }
    // Exports it has; no other stack's outputs, and no ids of a real account.
    if (network.kind === "named" && !isAllExports(network)) {
        const endpointZones = Math.min(network.endpointZones, seeded.network?.privateSubnetIds.length ?? 1);
        config["fargate:network"] = JSON.stringify({ egress: network.egress, endpointZones, ...seeded.network });
    }
    return config;
}

function sidecarsOf(placed: PlacedTask) {
    return containersOf(placed)
        .filter(({ is }) => is !== "own")
        .map(({ name, container: { image }, at }) => ({ name, image, keys: at("image") }));
}

/** Where the configuration names it: a job may have its service's sidecars, and `tracing: true` an image of the program's. */
function replaceImage(config: Record<string, string>, { image, keys }: { image?: string; keys: readonly string[] }, by: string) {
    const [section = "", ...deeper] = keys;
    const key = `fargate:${section}`;
    const document = parseDocument(config[key] ?? "{}");
    if (image === undefined || document.getIn(deeper) !== image) return;
    document.setIn(deeper, by);
    config[key] = JSON.stringify(document);
}

/** Resources in the cloud that the program declares; in the sandbox nothing is built. */
export async function declaredCount(files: StackFiles): Promise<number> {
    const { resources } = await inventory(files.stack, files);
    return resources.filter(({ type, isComponent }) => isInCloud(type, !isComponent) && type !== IMAGE_BUILD).length;
}

/** An image in the emulator's account for one that is built or lies in a real account; others stay, by a digest that nobody looks up. */
function stoodInBy(settings: Settings, { name, image }: Pick<TaskSettings, "name" | "image">): string {
    const parsed = image === undefined ? undefined : parseImageReference(image);
    const digest =
        parsed?.digest ??
        `sha256:${createHash("sha256")
            .update(image ?? name)
            .digest("hex")}`;
    if (parsed !== undefined && parsed.ecr === undefined) return `${parsed.repository}@${digest}`;
    return `${registryHost({ account: ACCOUNT, region: settings.region })}/${parsed?.ecr?.name ?? `sandbox/${name}`}@${digest}`;
}
