import { ADVISED_GB, EGRESS, EgressCase, EgressOption, breakEvenGb, cheapestEgress, egressAdvice } from "./egress";
import type { CreatedEgress } from "./variants";
import { money } from "./prices/money";
import { amountJson, heading } from "./text";
import type { Refusal } from "./refusal";
import { table } from "../cli/table";

export interface Egress {
    readonly now: CreatedEgress;
    readonly options: readonly EgressOption[];
    /** GB a month at which endpoints and one NAT gateway cost the same. */
    readonly breakEvenGb: number | undefined;
}

/** What every way out of a VPC that the program makes would cost, and which of them the stack may take. */
export async function adviseOnEgress(estimate: EgressCase, now: CreatedEgress, refusal: Refusal): Promise<Egress> {
    const impossible: Partial<Record<CreatedEgress, string>> = {};
    for (const way of (Object.keys(EGRESS) as CreatedEgress[]).filter(other => other !== now))
        impossible[way] = await refusal({ path: ["network", "egress"], value: way });
    return {
        now,
        options: egressAdvice(estimate, impossible),
        breakEvenGb: breakEvenGb(estimate, "endpoints", "nat"),
    };
}

/** @param width of the terminal, in columns */
export function egressLines({ now, options, breakEvenGb: gb }: Egress, width?: number): string[] {
    const columns = [
        { title: "way out of the VPC" },
        ...ADVISED_GB.map(amount => ({ title: `${amount} GB`, align: "right" as const })),
        { title: "gives up" },
    ];
    const best = cheapestEgress(options);
    const rows = options.map(({ egress: way, monthlyUsd, loses, impossible }) => [
        `  ${way}${way === now ? " (now)" : ""}`,
        ...monthlyUsd.map((usd, index) => `${usd === undefined ? "unknown" : money(usd)}${best[index] === way ? " *" : "  "}`),
        impossible === undefined ? loses : `not possible here: ${impossible}`,
    ]);
    return [
        heading("Ways out by data a month, USD a month, * is the cheapest, (now) what the stack has"),
        ...table(columns, rows, width),
        ...(gb === undefined ? [] : [`  endpoints and one NAT gateway cost the same at ${Math.round(gb)} GB a month`]),
    ];
}

/** The same as data, to the cent and the GB. */
export function egressJson({ now, options, breakEvenGb: gb }: Egress): Record<string, unknown> {
    const best = cheapestEgress(options);
    return {
        ways: options.map(({ egress, monthlyUsd, loses, impossible }) => ({
            egress,
            isNow: egress === now,
            byData: ADVISED_GB.map((amount, index) => ({
                gb: amount,
                monthlyUsd: amountJson(monthlyUsd[index]),
                isCheapest: best[index] === egress,
            })),
            loses,
            impossible: impossible ?? null,
        })),
        breakEvenGb: gb === undefined ? null : Math.round(gb),
    };
}
