import { isDeepStrictEqual } from "node:util";
import { Route, pathConditions } from "../../model/routes";
import { DEFAULT_WRITABLE_PATHS } from "../../settings/container";
import type { NetworkSettings, ServiceSettings, Settings } from "../../settings";
import type { Section } from "../inventory/section";
import { differingKeys } from "../deployed/preview";

/** What a stack's file asks of its gates and protections. */
export interface Gates {
    readonly settings: Settings;
    /** `Pulumi.yaml`. */
    readonly project: Keys;
    /** `Pulumi.<stack>.yaml`. */
    readonly file: Keys;
}

/** The keys of a file at its top, by name. */
export type Keys = Readonly<Record<string, unknown>>;

/** A protection that a change takes away or weakens, as one line. */
type Loosened = string | false | undefined;

const INSIGHTS = ["disabled", "enabled", "enhanced"];

/** Keys that neither the engine nor the program acts on. */
const IDLE = ["description", "author", "website", "license", "template"];

/**
 * What a change loosens, beside exceptions, which the policy section counts; undefined where it loosens nothing.
 *
 * @param before absent for a stack that is new
 */
export function loosenedSection(before: Gates | undefined, after: Gates): Section<readonly string[]> | undefined {
    const lines = before === undefined ? [] : loosened(before, after);
    if (before !== undefined && lines.length === 0) return undefined;
    const found = `${lines.length} protection${lines.length === 1 ? "" : "s"}`;
    const isNew = "nothing to compare with: the base has no such stack, so that every setting is new";
    return {
        title: "Loosened",
        summary: before === undefined ? isNew : found,
        text: lines.join("\n"),
        json: lines,
        blocks: false,
        isLoud: true,
    };
}

/** Values of the stack's file stand in it as they are: no secret has a place among these. */
export function loosened(before: Gates, after: Gates): readonly string[] {
    const lines = [
        ...ofStack(before.settings, after.settings),
        ...ofNetwork(before.settings.network, after.settings.network),
        ...after.settings.services.flatMap(service => {
            const old = before.settings.services.find(({ name }) => name === service.name);
            return (old === undefined ? ofNewService(service, before.settings) : ofService(old, service)).map(
                line => line && `service ${service.name}: ${line}`,
            );
        }),
        ...keysOf("aws:", before.settings.aws, after.settings.aws),
        ...keysOf("Pulumi.yaml: ", without(before.project, IDLE), without(after.project, IDLE)),
        ...keysOf(`Pulumi.${after.settings.stack}.yaml: `, without(before.file, ["config"]), without(after.file, ["config"])),
    ];
    return lines.filter(line => typeof line === "string");
}

function ofStack(before: Settings, after: Settings): Loosened[] {
    const budget = after.budget?.monthlyUsd ?? Infinity;
    const usage = Object.entries(after.usage) as [keyof Settings["usage"], number][];
    return [
        before.profile === "production" && after.profile === "development" && "profile production→development",
        before.deletionProtection && !after.deletionProtection && "deletionProtection is off",
        INSIGHTS.indexOf(after.containerInsights) < INSIGHTS.indexOf(before.containerInsights) &&
            changed("containerInsights", before.containerInsights, after.containerInsights),
        less("logRetentionDays", before.logRetentionDays, after.logRetentionDays),
        before.permissionsBoundary !== undefined &&
            after.permissionsBoundary !== before.permissionsBoundary &&
            changed("permissionsBoundary", before.permissionsBoundary, after.permissionsBoundary ?? "none"),
        before.budget !== undefined &&
            budget > before.budget.monthlyUsd &&
            changed("budget.monthlyUsd", before.budget.monthlyUsd, after.budget?.monthlyUsd ?? "none"),
        ...usage.map(
            ([key, value]) =>
                value < before.usage[key] && `${changed(`usage.${key}`, before.usage[key], value)}: costs are counted with less`,
        ),
        before.domain !== undefined && after.domain === undefined && "domain is gone: plain HTTP",
        ...(["name", "zone"] as const).map(
            key =>
                before.domain !== undefined &&
                after.domain !== undefined &&
                before.domain[key] !== after.domain[key] &&
                changed(`domain.${key}`, before.domain[key] ?? "none", after.domain[key] ?? "none"),
        ),
        after.domain?.certificateArn !== before.domain?.certificateArn &&
            after.domain?.certificateArn !== undefined &&
            "domain.certificateArn is another certificate",
    ];
}

function ofNetwork(before: NetworkSettings, after: NetworkSettings): Loosened[] {
    const place = (network: NetworkSettings) => {
        if (network.kind === "created") return false;
        const { publicSubnetIds, privateSubnetIds, privateRouteTableIds } = network.kind === "named" ? network.names : network;
        return [publicSubnetIds, privateSubnetIds, privateRouteTableIds];
    };
    return [
        before.egress === "endpoints" &&
            after.egress !== "endpoints" &&
            `${changed("network.egress", before.egress, after.egress)}: tasks reach the internet`,
        vpc(before) !== vpc(after) && changed("network.vpcId", vpc(before), vpc(after)),
        vpc(before) === vpc(after) && !isDeepStrictEqual(place(before), place(after)) && "network: other subnets or route tables",
        before.kind === "created" && after.kind === "created" && less("network zones", before.zoneCount, after.zoneCount),
        less("network.endpointZones", before.endpointZones, after.endpointZones),
    ];
}

/** What decides which VPC it is. Which ids the names stand for is looked up by the update, whose preview shows what moves. */
function vpc(network: NetworkSettings): string {
    if (network.kind === "existing") return network.vpcId;
    if (network.kind === "created") return "one of the stack's own";
    const { stack, names } = network;
    const [name = ""] = names.vpcId;
    return stack === undefined ? `the export ${name}` : `the output ${name} of ${stack}`;
}

/** What a service may do that was not there before. */
function ofNewService(service: ServiceSettings, { services }: Settings): Loosened[] {
    const { user, permissions, route, image, secrets, environmentFiles = [], plain = [] } = service;
    const known = services.flatMap(other => (other.image === undefined ? [] : [repositoryOf(other.image)]));
    const paths = service.writablePaths.filter(path => !DEFAULT_WRITABLE_PATHS.includes(path));
    return [
        isRoot(user) && "runs as root",
        permissions.length > 0 && `may ${permissionsText(pairsOf(service))}`,
        paths.length > 0 && `may write to ${paths.join(", ")}`,
        environmentFiles.length > 0 && `gets variables of ${environmentFiles.join(", ")}`,
        Object.keys(secrets).length > 0 && `gets secrets: ${Object.keys(secrets).join(", ")}`,
        plain.length > 0 && plainText(plain),
        route !== undefined && "is reached from the internet",
        image !== undefined && !known.includes(repositoryOf(image)) && `runs ${image}, of a repository that no service had`,
    ];
}

function ofService(before: ServiceSettings, after: ServiceSettings): Loosened[] {
    const added = pairsOf(after).filter(pair => !pairsOf(before).includes(pair));
    const paths = after.writablePaths.filter(path => !before.writablePaths.includes(path));
    const plain = (after.plain ?? []).filter(name => !before.plain?.includes(name));
    const files = (after.environmentFiles ?? []).filter(file => !before.environmentFiles?.includes(file));
    const secrets = Object.entries(after.secrets).filter(([name, arn]) => before.secrets[name] !== arn);
    return [
        before.user !== after.user && (isRoot(after.user) ? "runs as root" : changed("user", before.user, after.user)),
        added.length > 0 && `may ${permissionsText(added)}`,
        paths.length > 0 && `may write to ${paths.join(", ")}`,
        secrets.length > 0 && `gets another secret: ${secrets.map(([name]) => name).join(", ")}`,
        plain.length > 0 && plainText(plain),
        before.route === undefined && after.route !== undefined && "is reached from the internet",
        before.route !== undefined && after.route !== undefined && wider(before.route, after.route),
        before.image !== after.image && after.image !== undefined && imageText(before, after.image),
        before.health.command !== undefined &&
            !isDeepStrictEqual(before.health.command, after.health.command) &&
            `health.command is ${after.health.command === undefined ? "gone" : "another one"}`,
        before.health.path !== after.health.path && changed("health.path", before.health.path, after.health.path),
        more("health.intervalSeconds", before.health.intervalSeconds, after.health.intervalSeconds),
        more("health.timeoutSeconds", before.health.timeoutSeconds, after.health.timeoutSeconds),
        more("health.gracePeriodSeconds", before.health.gracePeriodSeconds, after.health.gracePeriodSeconds),
        files.length > 0 && `gets variables of another file: ${files.join(", ")}`,
        less("minHealthyPercent", before.minHealthyPercent ?? 100, after.minHealthyPercent ?? 100),
        more("spotPercent", before.spotPercent, after.spotPercent),
        less("drainSeconds", before.drainSeconds, after.drainSeconds),
        less("fewest tasks", fewest(before), fewest(after)),
    ];
}

/** A tag or digest of the same repository is told as what restarts the tasks. */
function imageText(before: ServiceSettings, image: string): Loosened {
    if (before.image === undefined) return `is not built any more, and runs ${image}`;
    return repositoryOf(before.image) !== repositoryOf(image) && changed("image", before.image, image);
}

/** An image's name without its tag or digest. */
function repositoryOf(image: string): string {
    return image.replace(/(@sha256:.*|:[^:/]*)$/, "");
}

function plainText(names: readonly string[]): string {
    return `says that these are no secrets: ${names.join(", ")}`;
}

/** Hosts and paths that get requests and did not; none named are all. */
function wider(before: Route, after: Route): Loosened {
    const more = (old: readonly string[], next: readonly string[], all: string) =>
        next.length === 0 ? (old.length === 0 ? [] : [all]) : old.length === 0 ? [] : next.filter(one => !old.includes(one));
    const added = [
        ...more(before.hosts, after.hosts, "every host"),
        ...more(pathConditions(before), pathConditions(after), "every path"),
    ];
    return added.length > 0 && `is reached at more: ${added.join(", ")}`;
}

function fewest({ tasks }: ServiceSettings): number {
    return typeof tasks === "number" ? tasks : tasks.min;
}

/** By id or name, with a group or without; `00` is 0 too. */
function isRoot(user: string): boolean {
    return /^(root|0+)(:|$)/.test(user);
}

function pairsOf({ permissions }: ServiceSettings): string[] {
    return permissions.flatMap(({ actions, resources }) =>
        actions.flatMap(action => resources.map(resource => `${action} on ${resource}`)),
    );
}

function permissionsText(pairs: readonly string[]): string {
    return `do more: ${pairs.join(", ")}`;
}

/** Every key that differs: what the engine or the provider does with it, no setting tells. Their values may be secret. */
function keysOf(where: string, before: Keys, after: Keys): Loosened[] {
    return differingKeys(before, after).map(key => {
        const what = !(key in before) ? "added" : key in after ? "changed" : "removed";
        return `${where}${key} ${what}`;
    });
}

function without(keys: Keys, names: readonly string[]): Keys {
    return Object.fromEntries(Object.entries(keys).filter(([key]) => !names.includes(key)));
}

const less = (what: string, before: number, after: number): Loosened => after < before && changed(what, before, after);
const more = (what: string, before: number, after: number): Loosened => after > before && changed(what, before, after);
const changed = (what: string, before: unknown, after: unknown): string => `${what} ${String(before)}→${String(after)}`;
