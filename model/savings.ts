import { CostResource, costOf } from "./cost";
import type { Cost } from "./cost";
import type { Usage } from "./cost-usage";
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
} from "./cost-variants";
import { EGRESS, breakEvenGb } from "./cost-egress";
import type { EndpointNeeds } from "./endpoints";
import type { Prices } from "./prices";

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
        | { readonly kind: "existing"; readonly egress: "existing" | "endpoints"; readonly endpointZones: number };
    readonly logRetentionDays: number;
    readonly containerInsights: "disabled" | "enabled" | "enhanced";
    readonly services: readonly (EndpointNeeds & {
        readonly name: string;
        readonly architecture: "arm64" | "x86_64";
        readonly spotPercent: number;
    })[];
}

/** What a stack is made of, and what it is priced by. */
export interface Estimate {
    readonly settings: SavingsSettings;
    readonly resources: readonly CostResource[];
    readonly usage: Usage;
    readonly prices: Prices;
    /** Ways out that this stack cannot take, with the reason. */
    readonly impossible: Readonly<Partial<Record<CreatedEgress, string>>>;
}

export interface Saving {
    /** What to write in the stack's file. */
    readonly setting: string;
    /** What is given up for it. */
    readonly loses: string;
    /** At the expected level; undefined where a price is missing. */
    readonly monthlyUsd: number | undefined;
    readonly unknown: readonly string[];
}

/** A setting, and the resources it would make. */
interface Proposal {
    readonly setting: string;
    readonly loses: string;
    readonly resources: readonly CostResource[];
    /** Share of the month that it holds. */
    readonly share?: number;
}

/** Half of what runs in production stays on demand; in development an interruption is only a nuisance. */
const SPOT_PERCENT = { development: 100, production: 50 };
const RETENTION_DAYS = 30;
/** An Application Load Balancer needs two. */
const FEWEST_ZONES = 2;
const NIGHT_HOURS = 12;

/**
 * What other settings would save, each by itself, largest first; those without a price last. The resources are priced anew for each, so that a
 * saving holds whatever hangs on it.
 */
export function savingsOf(estimate: Estimate): Saving[] {
    const { resources, usage, prices } = estimate;
    const now = costOf(resources, usage, prices);
    return proposals(estimate)
        .map(proposal => savingOf(now, costOf(proposal.resources, usage, prices), proposal))
        .filter(({ monthlyUsd, unknown }) => unknown.length > 0 || (monthlyUsd ?? 0) >= 0.005)
        .sort((a, b) => (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1));
}

function savingOf(now: Cost, then: Cost, { setting, loses, share = 1 }: Proposal): Saving {
    // What is unknown on both sides in the same amount cancels out.
    const unknown = unknownQuantities(now) === unknownQuantities(then) ? [] : [...now.total.unknown, ...then.total.unknown];
    const difference = (now.total.monthly.expected - then.total.monthly.expected) * share;
    return { setting, loses, monthlyUsd: unknown.length === 0 ? difference : undefined, unknown: [...new Set(unknown)] };
}

function unknownQuantities({ items, total }: Cost): string {
    const lines = items.flatMap(item => item.lines).filter(({ price }) => price === undefined);
    return JSON.stringify([total.unknown, lines.map(({ resource, key, quantity }) => [resource, key, quantity])]);
}

function proposals({ settings, resources, usage, prices, impossible }: Estimate): Proposal[] {
    const { profile, network, services, logRetentionDays, containerInsights } = settings;
    const list: Proposal[] = [];
    for (const { name, architecture, spotPercent } of services) {
        if (architecture === "x86_64")
            list.push({
                setting: `fargate:services.${name}.architecture: arm64`,
                loses: "programs that exist for x86_64 only",
                resources: withArchitecture(resources, name, "ARM64"),
            });
        const spot = SPOT_PERCENT[profile];
        if (spotPercent < spot)
            list.push({
                setting: `fargate:services.${name}.spotPercent: ${spot}`,
                loses: `${spot} % of its tasks can be stopped by AWS with two minutes' notice`,
                resources: withSpot(resources, name, spot),
            });
    }
    if (network.kind === "created") {
        const shape: EgressShape = { ...network, services };
        const ways = (Object.keys(EGRESS) as CreatedEgress[]).filter(
            way => way !== network.egress && impossible[way] === undefined,
        );
        for (const egress of ways) {
            const breakEven = breakEvenGb({ resources, usage, prices, shape }, network.egress, egress);
            const until = breakEven === undefined ? "" : `; break-even at ${Math.round(breakEven)} GB a month`;
            list.push({
                setting: `fargate:network.egress: ${egress}`,
                loses: `${EGRESS[egress].loses}${until}`,
                resources: withEgress(resources, egress, shape),
            });
        }
        if (network.zoneCount > FEWEST_ZONES) {
            const endpointZones = Math.min(network.endpointZones, FEWEST_ZONES);
            const names = network.zones?.slice(0, FEWEST_ZONES).join(", ") ?? "two of them";
            list.push({
                setting: `fargate:network.zones: [${names}]`,
                loses: "a zone; only for a stack that does not exist yet, since zones are never taken away",
                resources: withZones(resources, network.egress, { ...shape, zoneCount: FEWEST_ZONES, endpointZones }),
            });
        }
    }
    if (network.egress === "endpoints" && network.endpointZones > 1)
        list.push({
            setting: "fargate:network.endpointZones: 1",
            loses: "new tasks, logs and secrets in every zone when that one zone fails",
            resources: withEndpointZones(resources, 1),
        });
    if (logRetentionDays > RETENTION_DAYS)
        list.push({
            setting: `fargate:logRetentionDays: ${RETENTION_DAYS}`,
            loses: `logs older than ${RETENTION_DAYS} days`,
            resources: withLogRetention(resources, RETENTION_DAYS),
        });
    if (containerInsights !== "disabled")
        list.push({
            setting: "fargate:containerInsights: disabled",
            loses: "metrics of tasks and containers; those of whole services stay, free of charge",
            resources: withoutContainerInsights(resources),
        });
    if (profile === "development")
        list.push({
            setting: `tasks: 0 for every service, ${NIGHT_HOURS} hours each night, by two scheduled deployments`,
            loses: "the stack at night",
            resources: withoutTasks(resources),
            share: NIGHT_HOURS / 24,
        });
    return list;
}
