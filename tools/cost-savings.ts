import * as pulumi from "@pulumi/pulumi";
import { ADVISED_GB, EgressOption, breakEvenGb, cheapestEgress, egressAdvice } from "../model/cost-egress";
import type { CreatedEgress } from "../model/cost-variants";
import { Saving, savingsOf } from "../model/savings";
import type { Prices } from "../model/prices";
import { Settings, settingsOf } from "../settings";
import { heading, money } from "./cost-text";
import type { Inventory } from "./inventory";
import type { StackFiles } from "./stack-files";
import { table } from "./table";

/** Savings that are shown. */
const SHOWN = 3;
const WAYS: readonly CreatedEgress[] = ["endpoints", "nat", "nat-per-zone"];

export interface Advice {
    readonly savings: readonly Saving[];
    /** Empty for a network that exists already. */
    readonly egress: readonly EgressOption[];
    /** GB a month at which endpoints and one NAT gateway cost the same. */
    readonly breakEvenGb: number | undefined;
}

/** What other settings would save, and what every way out would cost. */
export function adviseOn({ settings, resources }: Inventory, files: StackFiles, prices: Prices): Advice {
    const impossible = impossibleEgress(settings, files);
    const estimate = { settings, resources, usage: settings.usage, prices, impossible };
    const savings = savingsOf(estimate);
    if (settings.network.kind === "existing") return { savings, egress: [], breakEvenGb: undefined };
    const egressCase = { ...estimate, shape: { ...settings.network, services: settings.services } };
    return {
        savings,
        egress: egressAdvice(egressCase, impossible),
        breakEvenGb: breakEvenGb(egressCase, "endpoints", "nat"),
    };
}

/** The ways out that the stack's own rules refuse, with the reason: an image from outside ECR needs internet. */
function impossibleEgress({ network }: Settings, files: StackFiles): Partial<Record<CreatedEgress, string>> {
    if (network.kind === "existing") return {};
    const given = JSON.parse(files.config["fargate:network"] ?? "{}") as object;
    const refused = WAYS.flatMap(egress => {
        const config = { ...files.config, "fargate:network": JSON.stringify({ ...given, egress }) };
        try {
            settingsOf(config, files);
            return [];
        } catch (error) {
            if (!pulumi.RunError.isInstance(error)) throw error;
            const [, first = error.message] = error.message.split("\n");
            return [[egress, first.trim().replace(/\s+/g, " ")]];
        }
    });
    return Object.fromEntries(refused) as Partial<Record<CreatedEgress, string>>;
}

export function savingsLines(savings: readonly Saving[]): string[] {
    const known = savings.filter(({ monthlyUsd }) => monthlyUsd !== undefined).slice(0, SHOWN);
    const unknown = savings.filter(({ monthlyUsd }) => monthlyUsd === undefined);
    const rows = known.map(({ setting, loses, monthlyUsd }) => [`  ${money(monthlyUsd ?? 0)}`, setting, `gives up: ${loses}`]);
    const columns = [{ title: "", align: "right" as const }, { title: "" }, { title: "" }];
    return [
        heading("Largest savings by a setting, USD a month, each by itself"),
        ...(rows.length > 0 ? table(columns, rows).slice(1) : ["  none"]),
        ...unknown.map(({ setting, unknown: reasons }) => `  unknown  ${setting}  (${reasons.join("; ")})`),
    ];
}

export function egressLines({ egress, breakEvenGb: gb }: Advice, now: string): string[] {
    if (egress.length === 0) return [];
    const columns = [
        { title: "way out of the VPC" },
        ...ADVISED_GB.map(amount => ({ title: `${amount} GB`, align: "right" as const })),
        { title: "gives up" },
    ];
    const best = cheapestEgress(egress);
    const rows = egress.map(({ egress: way, monthlyUsd, loses, impossible }) => [
        `  ${way}${way === now ? " (now)" : ""}`,
        ...monthlyUsd.map((usd, index) => `${usd === undefined ? "unknown" : money(usd)}${best[index] === way ? " *" : "  "}`),
        impossible === undefined ? loses : `not possible here: ${impossible}`,
    ]);
    return [
        heading("Ways out by data a month, USD a month, * is the cheapest"),
        ...table(columns, rows),
        ...(gb === undefined ? [] : [`  endpoints and one NAT gateway cost the same at ${Math.round(gb)} GB a month`]),
        "",
    ];
}
