import { isDeepStrictEqual } from "node:util";
import { Connection, targetOf } from "../../model/connections";
import { holdsSecret, isSurelyHarmless } from "../../model/plain-secrets";
import { Route, pathConditions } from "../../model/routes";
import { DEFAULT_WRITABLE_PATHS } from "../../settings/container";
import type { NetworkSettings, ServiceSettings, Settings, TaskSettings } from "../../settings";
import type { Section } from "../inventory/section";
import { loosenedSidecars } from "./loosened-sidecars";
import { differingKeys } from "../deployed/preview";
import type { MayShow } from "./difference";

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

const HIDDEN = "(not shown)";
const isHarmless: MayShow = value => isSurelyHarmless("", value);
/** For texts of a form that AWS or Docker gives: ids and digests in them look as random as tokens. */
const isOfAws: MayShow = value => !holdsSecret(value);

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

/** Values of the stack's file that may be a secret are not shown. */
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
        ...after.settings.jobs.flatMap(job => {
            const old = before.settings.jobs.find(({ name }) => name === job.name);
            const lines = old === undefined ? ofNewTask(job, before.settings) : ofTask(old, job);
            return lines.map(line => line && `job ${job.name}: ${line}`);
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
            changed("permissionsBoundary", before.permissionsBoundary, after.permissionsBoundary ?? "none", isOfAws),
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
                changed(`domain.${key}`, before.domain[key] ?? "none", after.domain[key] ?? "none", isOfAws),
        ),
        after.domain?.certificateArn !== before.domain?.certificateArn &&
            after.domain?.certificateArn !== undefined &&
            "domain.certificateArn is another certificate",
    ];
}

function ofNetwork(before: NetworkSettings, after: NetworkSettings): Loosened[] {
    const vpc = (network: NetworkSettings) => (network.kind === "existing" ? network.vpcId : "one of the stack's own");
    const place = (network: NetworkSettings) =>
        network.kind === "existing" && [network.publicSubnetIds, network.privateSubnetIds, network.privateRouteTableIds];
    return [
        before.egress === "endpoints" &&
            after.egress !== "endpoints" &&
            `${changed("network.egress", before.egress, after.egress)}: tasks reach the internet`,
        vpc(before) !== vpc(after) && changed("network.vpcId", vpc(before), vpc(after), isOfAws),
        vpc(before) === vpc(after) && !isDeepStrictEqual(place(before), place(after)) && "network: other subnets or route tables",
        before.kind === "created" && after.kind === "created" && less("network zones", before.zoneCount, after.zoneCount),
        less("network.endpointZones", before.endpointZones, after.endpointZones),
    ];
}

function ofNewService(service: ServiceSettings, settings: Settings): Loosened[] {
    return [...ofNewTask(service, settings), service.route !== undefined && "is reached from the internet"];
}

/** What a task may do that was not there before. */
function ofNewTask(task: TaskSettings, { services, jobs }: Settings): Loosened[] {
    const { user, permissions, image, secrets, environmentFiles = [], plain = [] } = task;
    const known = [...services, ...jobs].flatMap(other => (other.image === undefined ? [] : [repositoryOf(other.image)]));
    const paths = task.writablePaths.filter(path => !DEFAULT_WRITABLE_PATHS.includes(path));
    return [
        isRoot(user) && "runs as root",
        permissions.length > 0 && `may ${permissionsText(pairsOf(task))}`,
        paths.length > 0 && `may write to ${list(paths)}`,
        environmentFiles.length > 0 && `gets variables of ${list(environmentFiles)}`,
        Object.keys(secrets).length > 0 && `gets secrets: ${Object.keys(secrets).join(", ")}`,
        plain.length > 0 && plainText(plain),
        ...connectionTexts([], task.outbound),
        image !== undefined &&
            !known.includes(repositoryOf(image)) &&
            `runs ${shown(image, isOfAws)}, of a repository that no service had`,
        ...loosenedSidecars({}, task.sidecars),
    ];
}

/** What a task may do more. */
function ofTask(before: TaskSettings, after: TaskSettings): Loosened[] {
    const added = pairsOf(after).filter(pair => !pairsOf(before).includes(pair));
    const paths = after.writablePaths.filter(path => !before.writablePaths.includes(path));
    const plain = (after.plain ?? []).filter(name => !before.plain?.includes(name));
    const files = (after.environmentFiles ?? []).filter(file => !before.environmentFiles?.includes(file));
    const secrets = Object.entries(after.secrets).filter(([name, arn]) => before.secrets[name] !== arn);
    return [
        before.user !== after.user && (isRoot(after.user) ? "runs as root" : changed("user", before.user, after.user)),
        added.length > 0 && `may ${permissionsText(added)}`,
        paths.length > 0 && `may write to ${list(paths)}`,
        secrets.length > 0 && `gets another secret: ${secrets.map(([name]) => name).join(", ")}`,
        plain.length > 0 && plainText(plain),
        files.length > 0 && `gets variables of another file: ${list(files)}`,
        ...connectionTexts(before.outbound, after.outbound),
        before.image !== after.image && after.image !== undefined && imageText(before, after.image),
        ...loosenedSidecars(before.sidecars, after.sidecars),
        before.of !== after.of && `runs ${after.of === undefined ? "an image of its own" : `the image of ${after.of}`}`,
    ];
}

function ofService(before: ServiceSettings, after: ServiceSettings): Loosened[] {
    return [
        ...ofTask(before, after),
        before.route === undefined && after.route !== undefined && "is reached from the internet",
        before.route !== undefined && after.route !== undefined && wider(before.route, after.route),
        before.health.command !== undefined &&
            !isDeepStrictEqual(before.health.command, after.health.command) &&
            `health.command is ${after.health.command === undefined ? "gone" : "another one"}`,
        before.health.path !== after.health.path && changed("health.path", before.health.path, after.health.path),
        more("health.intervalSeconds", before.health.intervalSeconds, after.health.intervalSeconds),
        more("health.timeoutSeconds", before.health.timeoutSeconds, after.health.timeoutSeconds),
        more("health.gracePeriodSeconds", before.health.gracePeriodSeconds, after.health.gracePeriodSeconds),
        less("minHealthyPercent", before.minHealthyPercent ?? 100, after.minHealthyPercent ?? 100),
        more("spotPercent", before.spotPercent, after.spotPercent),
        less("tasks that are never on Spot", before.spotBase ?? 0, after.spotBase ?? 0),
        less("drainSeconds", before.drainSeconds, after.drainSeconds),
        less("fewest tasks", fewest(before), fewest(after)),
    ];
}

/** A tag or digest of the same repository is told as what restarts the tasks. */
function imageText(before: TaskSettings, image: string): Loosened {
    if (before.image === undefined) return `is not built any more, and runs ${shown(image, isOfAws)}`;
    return repositoryOf(before.image) !== repositoryOf(image) && changed("image", before.image, image, isOfAws);
}

/** An image's name without its tag or digest. */
function repositoryOf(image: string): string {
    return image.replace(/(@sha256:.*|:[^:/]*)$/, "");
}

function plainText(names: readonly string[]): string {
    return `says that these are no secrets: ${names.join(", ")}`;
}

/** What tasks reach and did not, and whose groups the stack opens to them. */
function connectionTexts(before: readonly Connection[] = [], after: readonly Connection[] = []): Loosened[] {
    const added = (of: (one: Connection) => string | false) => {
        const known = before.map(of);
        return after.flatMap(one => (known.includes(of(one)) ? [] : of(one) || []));
    };
    const end = (one: Connection) => `${targetOf(one)} at port ${one.port}`;
    const reached = added(end);
    const opened = added(one => one.openIngress === true && end(one));
    return [
        reached.length > 0 && `reaches more: ${reached.join(", ")}`,
        opened.length > 0 && `is let into groups of others: ${opened.join(", ")}`,
    ];
}

/** Hosts and paths that get requests and did not; none named are all. */
function wider(before: Route, after: Route): Loosened {
    const more = (old: readonly string[], next: readonly string[], all: string) =>
        next.length === 0 ? (old.length === 0 ? [] : [all]) : old.length === 0 ? [] : next.filter(one => !old.includes(one));
    const added = [
        ...more(before.hosts, after.hosts, "every host"),
        ...more(pathConditions(before), pathConditions(after), "every path"),
    ];
    return added.length > 0 && `is reached at more: ${list(added)}`;
}

/** At any time. */
function fewest({ tasks }: ServiceSettings): number {
    return typeof tasks === "number" ? tasks : Math.min(tasks.min, ...(tasks.schedules ?? []).map(({ min }) => min));
}

/** By id or name, with a group or without; `00` is 0 too. */
function isRoot(user: string): boolean {
    return /^(root|0+)(:|$)/.test(user);
}

function pairsOf({ permissions }: TaskSettings): string[] {
    return permissions.flatMap(({ actions, resources }) =>
        actions.flatMap(action => resources.map(resource => `${action} on ${resource}`)),
    );
}

function permissionsText(pairs: readonly string[]): string {
    return `do more: ${list(pairs, isOfAws)}`;
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

function changed(what: string, before: unknown, after: unknown, mayShow = isHarmless): string {
    const values = [before, after].map(String);
    return values.every(mayShow) ? `${what} ${values.join("→")}` : `${what} changed ${HIDDEN}`;
}

const list = (values: readonly string[], mayShow = isHarmless): string => values.map(value => shown(value, mayShow)).join(", ");
const shown = (value: string, mayShow: MayShow): string => (mayShow(value) ? value : HIDDEN);
