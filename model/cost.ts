import { CostGraph, CostResource } from "./cost-graph";
import { CostLine, Priced, Sum, priceLine, sumLines } from "./cost-lines";
import { PRICED_TYPES, isFree } from "./cost-types";
import type { Usage, UsageKey } from "./cost-usage";
import type { Price, Prices } from "./prices";

export type { CostResource } from "./cost-graph";
export type { CostLine, Range, Sum } from "./cost-lines";

/** What one component costs at one AWS service. */
export interface CostItem extends Sum {
    readonly component: string;
    /** AWS's name of the service, as on the bill. */
    readonly service: string;
    readonly what: string;
    readonly lines: readonly CostLine[];
}

export interface Cost {
    readonly region: string;
    /** Largest first, at the expected level. */
    readonly items: readonly CostItem[];
    readonly total: Sum;
    /** Assumptions that went into it. */
    readonly assumes: readonly UsageKey[];
    /** Prices that went into it. */
    readonly prices: readonly Price[];
}

/** What resources cost in a month, by price list. Everything in it is USD; what has no price is named, never counted as nothing. */
export function costOf(resources: readonly CostResource[], usage: Usage, prices: Prices): Cost {
    const graph = new CostGraph(resources);
    const items = new Map<string, { component: string; priced: Priced[]; lines: CostLine[] }>();
    const unpriced: string[] = [];
    for (const resource of resources.filter(({ isComponent }) => !isComponent)) {
        if (isFree(resource.type)) continue;
        const component = graph.componentOf(resource);
        const found = PRICED_TYPES[resource.type]?.(resource, graph, usage, prices);
        if (found === undefined) unpriced.push(`nobody knows what ${resource.name} costs, a ${resource.type} of this kind`);
        for (const priced of found ?? []) {
            const key = `${component}\0${priced.service}`;
            const item = items.get(key) ?? { component, priced: [], lines: [] };
            item.priced.push(priced);
            item.lines.push(...priced.quantities.map(quantity => priceLine(resource.name, quantity, prices)));
            items.set(key, item);
        }
    }
    const priced = [...items.values()].map(item => toItem(item, prices.region));
    const lines = priced.flatMap(item => item.lines);
    const sum = sumLines(lines, prices.region);
    return {
        region: prices.region,
        items: priced.sort((a, b) => rank(b) - rank(a)),
        total: { ...sum, unknown: [...sum.unknown, ...unpriced] },
        assumes: [...new Set(lines.flatMap(({ assumes }) => assumes))].sort(),
        prices: distinctPrices(lines),
    };
}

function toItem(
    { component, priced, lines }: { component: string; priced: Priced[]; lines: CostLine[] },
    region: string,
): CostItem {
    const counts = new Map<string, number>();
    for (const { what } of priced) counts.set(what, (counts.get(what) ?? 0) + 1);
    const what = [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join("; ");
    return { component, service: priced[0]?.service ?? "", what, lines, ...sumLines(lines, region) };
}

/** What is unknown comes first: it may be the largest. */
function rank({ monthly, unknown }: Sum): number {
    return unknown.length > 0 ? Infinity : monthly.expected;
}

function distinctPrices(lines: readonly CostLine[]): Price[] {
    const prices = new Map(lines.flatMap(({ price }) => (price === undefined ? [] : [[price.key, price] as const])));
    return [...prices.values()];
}

/** Whether a stack stays within its budget. */
export type BudgetVerdict =
    | { readonly kind: "none" }
    | { readonly kind: "within"; readonly limitUsd: number; readonly leftUsd: number; readonly unknown: readonly string[] }
    | { readonly kind: "exceeded"; readonly limitUsd: number; readonly byUsd: number; readonly largest: readonly CostItem[] };

/** Compares the expected level with `fargate:budget`. What is unknown cannot exceed a budget, and is told with the verdict. */
export function budgetVerdict(
    { budget }: { readonly budget?: { readonly monthlyUsd: number } },
    { items, total }: Pick<Cost, "items" | "total">,
): BudgetVerdict {
    if (budget === undefined) return { kind: "none" };
    const limitUsd = budget.monthlyUsd;
    const byUsd = total.monthly.expected - limitUsd;
    if (byUsd <= 0) return { kind: "within", limitUsd, leftUsd: -byUsd, unknown: total.unknown };
    const largest = [...items].sort((a, b) => b.monthly.expected - a.monthly.expected).slice(0, 3);
    return { kind: "exceeded", limitUsd, byUsd, largest };
}
