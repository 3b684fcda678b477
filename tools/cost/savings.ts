import { Graph } from "../inventory/graph";
import { taskLevel } from "./pricers/ecs";
import type { Usage } from "../../settings/usage";
import type { EndpointNeeds } from "../../model/endpoints";
import type { Prices } from "./prices/prices";
import { EGRESS, breakEvenGb } from "./egress";
import { costOf } from "./estimate";
import type { Resource } from "../inventory/resource";
import type { Cost } from "./estimate";
import {
    CreatedEgress,
    EgressShape,
    withArchitecture,
    withEgress,
    withEndpointZones,
    withLogRetention,
    withSpot,
    withZones,
    withoutContainerInsights,
    withoutTasks,
} from "./variants";
import { SERVICE } from "../inventory/types/ecs";

/** What decides which settings could save anything. */
export interface SavingsSettings {
    readonly profile: "development" | "production";
    readonly network:
        | {
              readonly kind: "created";
              readonly egress: CreatedEgress;
              readonly zones?: readonly string[];
              readonly zoneCount: number;
              readonly endpointZones: number;
          }
        | { readonly kind: "existing" | "named"; readonly egress: "existing" | "endpoints"; readonly endpointZones: number };
    readonly logRetentionDays: number;
    readonly containerInsights: "disabled" | "enabled" | "enhanced";
    readonly services: readonly (EndpointNeeds & {
        readonly name: string;
        readonly architecture: "arm64" | "x86_64";
        readonly spotPercent: number;
        readonly spotBase?: number;
        /** A fixed number, or how it is scaled. */
        readonly tasks: number | object;
    })[];
}

/** What a stack is made of, and what it is priced by. */
export interface Estimate {
    readonly settings: SavingsSettings;
    readonly resources: readonly Resource[];
    readonly usage: Usage;
    readonly prices: Prices;
}

export interface Saving {
    readonly change: SettingChange;
    /** What is given up for it. */
    readonly loses: string;
    /** At the expected level; undefined where a price is missing. */
    readonly monthlyUsd: number | undefined;
    readonly unknown: readonly string[];
}

/** A setting, and the resources it would make. */
interface Proposal extends Pick<Saving, "change" | "loses"> {
    readonly resources: readonly Resource[];
    /** Share of the month that it holds. */
    readonly share?: number;
}

/** Half of what runs in production stays on demand; in development an interruption is only a nuisance. */
const SPOT_PERCENT = { development: 100, production: 50 };
/** Intrusions are found months after they began, which is why production keeps a year. */
const RETENTION_DAYS = { development: 30, production: 365 };
/** An Application Load Balancer needs two. */
const FEWEST_ZONES = 2;
const NIGHT_HOURS = 12;

/**
 * What other settings would save, each by itself, largest first; those without a price last. The resources are priced anew for each, so that a
 * saving holds whatever hangs on it. Whether the stack may have a setting is for others to say.
 */
export function savingsOf(estimate: Estimate): Saving[] {
    const { resources, usage, prices } = estimate;
    const now = costOf(resources, usage, prices);
    return [...ofServices(estimate), ...ofNetwork(estimate), ...ofObservability(estimate)]
        .map(proposal => savingOf(now, costOf(proposal.resources, usage, prices), proposal))
        .filter(({ monthlyUsd, unknown }) => unknown.length > 0 || (monthlyUsd ?? 0) >= 0.005)
        .sort((a, b) => (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1));
}

function savingOf(now: Cost, then: Cost, { change, loses, share = 1 }: Proposal): Saving {
    // What is unknown on both sides in the same amount cancels out.
    const unknown = unknownQuantities(now) === unknownQuantities(then) ? [] : [...now.total.unknown, ...then.total.unknown];
    const difference = (now.total.monthly.expected - then.total.monthly.expected) * share;
    return { change, loses, monthlyUsd: unknown.length === 0 ? difference : undefined, unknown: [...new Set(unknown)] };
}

function unknownQuantities({ items, total }: Cost): string {
    const lines = items.flatMap(item => item.lines).filter(({ price }) => price === undefined);
    return JSON.stringify([total.unknown, lines.map(({ resource, key, quantity }) => [resource, key, quantity])]);
}

function ofServices({ settings: { profile, services }, resources, usage }: Estimate): Proposal[] {
    const list: Proposal[] = [];
    const graph = new Graph(resources);
    for (const { name, architecture, spotPercent, spotBase, tasks } of services) {
        const at = (key: string) => ["services", name, key];
        if (architecture === "x86_64")
            list.push({
                change: { path: at("architecture"), value: "arm64" },
                loses: "programs that exist for x86_64 only",
                resources: withArchitecture(resources, name, "ARM64"),
            });
        const spot = SPOT_PERCENT[profile];
        const service = graph.ofType(SERVICE).find(found => found.name === name);
        // One task runs on one provider, whatever the shares are.
        const isShared = service !== undefined && taskLevel(service, graph, usage).count.expected > 1;
        if (spotPercent < spot && (spot === 100 || isShared))
            list.push({
                change: { path: spotBase === undefined ? at("spotPercent") : [...at("spot"), "percent"], value: spot },
                loses: `${spot} % of its tasks can be stopped by AWS with two minutes' notice`,
                resources: withSpot(resources, name, spot),
            });
        // A scaled service has one task at least.
        if (profile === "development" && typeof tasks === "number")
            list.push({
                change: { path: at("tasks"), value: 0 },
                loses: `${name} for ${NIGHT_HOURS} hours a night: as scaling.schedules in place of tasks, to none each evening and up again each morning`,
                resources: withoutTasks(resources, name),
                share: NIGHT_HOURS / 24,
            });
    }
    return list;
}

function ofNetwork({ settings: { network, services }, resources, usage, prices }: Estimate): Proposal[] {
    const list: Proposal[] = [];
    if (network.kind === "created") {
        const shape: EgressShape = { ...network, services };
        for (const egress of (Object.keys(EGRESS) as CreatedEgress[]).filter(way => way !== network.egress)) {
            const breakEven = breakEvenGb({ resources, usage, prices, shape }, network.egress, egress);
            const until = breakEven === undefined ? "" : `; break-even at ${Math.round(breakEven)} GB a month`;
            list.push({
                change: { path: ["network", "egress"], value: egress },
                loses: `${EGRESS[egress].loses}${until}`,
                resources: withEgress(resources, egress, shape),
            });
        }
        // Without names AWS chooses zones, and nobody can write down which two of them stay.
        if (network.zones !== undefined && network.zones.length > FEWEST_ZONES) {
            const endpointZones = Math.min(network.endpointZones, FEWEST_ZONES);
            list.push({
                change: { path: ["network", "zones"], value: network.zones.slice(0, FEWEST_ZONES) },
                loses: "a zone; only for a stack that does not exist yet, since zones are never taken away",
                resources: withZones(resources, network.egress, { ...shape, zoneCount: FEWEST_ZONES, endpointZones }),
            });
        }
    }
    if (network.egress === "endpoints" && network.endpointZones > 1)
        list.push({
            change: { path: ["network", "endpointZones"], value: 1 },
            loses: "new tasks, logs and secrets in every zone when that one zone fails",
            resources: withEndpointZones(resources, 1),
        });
    return list;
}

function ofObservability({ settings: { profile, logRetentionDays, containerInsights }, resources }: Estimate): Proposal[] {
    const list: Proposal[] = [];
    const days = RETENTION_DAYS[profile];
    if (logRetentionDays > days)
        list.push({
            change: { path: ["logRetentionDays"], value: days },
            loses: `logs older than ${days} days`,
            resources: withLogRetention(resources, days),
        });
    if (containerInsights !== "disabled")
        list.push({
            change: { path: ["containerInsights"], value: "disabled" },
            loses: "metrics of tasks and containers; those of whole services stay, free of charge",
            resources: withoutContainerInsights(resources),
        });
    return list;
}

/** Another value for one setting of a stack's file. */
export interface SettingChange {
    /** Keys below `fargate:`, from the top. */
    readonly path: readonly string[];
    readonly value: string | number | readonly string[];
}

/** What to write into the file: `fargate:network.zones: [a, b]`. */
export function settingText({ path, value }: SettingChange): string {
    const text = typeof value === "object" ? `[${value.join(", ")}]` : String(value);
    return `fargate:${path.join(".")}: ${text}`;
}
