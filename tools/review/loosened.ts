import { isDeepStrictEqual } from "node:util";
import { contains, parseCidr } from "../../model/cidr";
import { targetOf } from "../../model/answers";
import { requestsOf, requestsText, takesAll } from "../../model/conditions";
import type { NetworkSettings, Settings } from "../../settings";
import { SEVERITIES } from "../../settings/image-scan";
import { allowedCidrs } from "../../settings/load-balancer";
import { ofFirewall } from "./loosened-firewall";
import type { Section } from "../inventory/section";
import { differingKeys } from "../deployed/preview";
import { ofAlarms } from "./loosened-alarms";
import { ofNewService, ofNewTask, ofService, ofTask } from "./loosened-tasks";
import { Loosened, changed, isOfAws, isRouted, less, list } from "./loosened-words";

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
        ...ofLoadBalancer(before.settings, after.settings),
        ...ofFirewall(before.settings, after.settings),
        ...ofNetwork(before.settings.network, after.settings.network),
        ...ofAlarms(before.settings, after.settings),
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
        before.imageScan !== undefined &&
            SEVERITIES.indexOf(before.imageScan) > (after.imageScan === undefined ? -1 : SEVERITIES.indexOf(after.imageScan)) &&
            changed("imageScan", before.imageScan, after.imageScan ?? "none"),
        before.encryption !== undefined &&
            before.encryption.customerKey !== after.encryption?.customerKey &&
            changed(
                "encryption.customerKey",
                before.encryption.customerKey,
                after.encryption?.customerKey ?? "AWS's own",
                isOfAws,
            ),
        less("logRetentionDays", before.logRetentionDays, after.logRetentionDays),
        ...ofLogs(before.logs, after.logs, isRouted(after)),
        before.permissionsBoundary !== undefined &&
            after.permissionsBoundary !== before.permissionsBoundary &&
            changed("permissionsBoundary", before.permissionsBoundary, after.permissionsBoundary ?? "none", isOfAws),
        before.budget !== undefined &&
            budget > before.budget.monthlyUsd &&
            changed("budget.monthlyUsd", before.budget.monthlyUsd, after.budget?.monthlyUsd ?? "none"),
        before.budget?.alerts === true &&
            after.budget !== undefined &&
            after.budget.alerts !== true &&
            after.alarms !== undefined &&
            "budget.alerts is off: AWS tells nobody what is spent",
        before.releases !== "skip" && after.releases === "skip" && "releases is skip: services move without their release",
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
        ...ofAnswers(before, after),
    ];
}

/** Who reaches the load balancer, under which names, and what it proves them with. */
function ofLoadBalancer(before: Settings, after: Settings): Loosened[] {
    const [old, next] = [before.loadBalancer ?? {}, after.loadBalancer ?? {}];
    const blocks = allowedCidrs(before).flatMap(cidr => parseCidr(cidr) ?? []);
    const isNew = (cidr: string) => {
        const block = parseCidr(cidr);
        return block !== undefined && !blocks.some(other => contains(other, block));
    };
    const isOpen = blocks.some(({ prefix }) => prefix === 0);
    const lists = added(old.allowPrefixLists, next.allowPrefixLists).filter(() => !isOpen);
    const callers = [...allowedCidrs(after).filter(isNew), ...lists];
    const names = added(before.domain?.otherNames, after.domain?.otherNames);
    return [
        old.internal === true && next.internal !== true && "loadBalancer.internal is off: it faces the internet",
        callers.length > 0 && `loadBalancer takes connections of more: ${list(callers, isOfAws)}`,
        added(old.certificateArns, next.certificateArns).length > 0 && "loadBalancer.certificateArns has further certificates",
        before.domain !== undefined && names.length > 0 && `domain.otherNames has further names: ${list(names, isOfAws)}`,
    ];
}

function added(before: readonly string[] = [], after: readonly string[] = []): readonly string[] {
    return after.filter(value => !before.includes(value));
}

/** People who are sent to another host than before, and requests that the load balancer turned away. */
function ofAnswers(before: Settings, after: Settings): Loosened[] {
    const hostsOf = ({ loadBalancer }: Settings) => (loadBalancer?.redirects ?? []).flatMap(one => targetOf(one).host ?? []);
    const refusedOf = ({ loadBalancer }: Settings) =>
        (loadBalancer?.answers ?? []).filter(({ status }) => status >= 400).flatMap(requestsOf);
    const sent = [...new Set(added(hostsOf(before), hostsOf(after)))];
    const refused = refusedOf(after);
    const taken = refusedOf(before).filter(one => !refused.some(other => takesAll(other, one)));
    return [
        sent.length > 0 && `loadBalancer: sends requests to ${list(sent)}`,
        isRouted(after) && taken.length > 0 && `loadBalancer no longer turns away: ${list(taken.map(requestsText))}`,
    ];
}

function ofLogs(before: Settings["logs"], after: Settings["logs"], isThere: boolean): Loosened[] {
    const place = (logs: Settings["logs"]) => logs?.bucket ?? "one of the stack's own";
    return [
        isThere && before?.accessLogs === true && after?.accessLogs !== true && "loadBalancer.accessLogs is off",
        before?.flowLogs === true && after?.flowLogs !== true && "flowLogs is off",
        before !== undefined &&
            after !== undefined &&
            place(before) !== place(after) &&
            changed("logBucket", place(before), place(after), isOfAws),
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
        vpc(before) !== vpc(after) && changed("network.vpcId", vpc(before), vpc(after), isOfAws),
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

function keysOf(where: string, before: Keys, after: Keys): Loosened[] {
    return differingKeys(before, after).map(key => {
        const what = !(key in before) ? "added" : key in after ? "changed" : "removed";
        return `${where}${key} ${what}`;
    });
}

function without(keys: Keys, names: readonly string[]): Keys {
    return Object.fromEntries(Object.entries(keys).filter(([key]) => !names.includes(key)));
}
