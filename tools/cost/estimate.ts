import { Graph } from "../inventory/graph";
import type { Resource } from "../inventory/resource";
import { CostLine, Priced, Sum, priceLine, sumLines } from "./quantities";
import { isFree } from "../inventory/types";
import { PRICED_TYPES } from "./pricers";
import type { Usage, UsageKey } from "../../settings/usage";
import { money } from "./prices/money";
import type { Price, Prices } from "./prices/prices";

export { isUnpriced } from "./quantities";
export type { CostLine, Range, Sum } from "./quantities";

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
    /** Resources that nobody has priced, by the sentence; they are among what is unknown of the total. */
    readonly unpriced: readonly string[];
    /** Assumptions that went into it. */
    readonly assumes: readonly UsageKey[];
    /** Prices that went into it. */
    readonly prices: readonly Price[];
}

/** What resources cost in a month, by price list. Everything in it is USD; what has no price is named, never counted as nothing. */
export function costOf(resources: readonly Resource[], usage: Usage, prices: Prices): Cost {
    const graph = new Graph(resources);
    const items = new Map<string, { component: string; priced: Priced[]; lines: CostLine[] }>();
    const unpriced: string[] = [];
    for (const resource of resources.filter(({ isComponent }) => !isComponent)) {
        if (isFree(resource.type)) continue;
        const component = graph.componentOf(resource);
        const told = PRICED_TYPES[resource.type]?.(resource, graph, usage);
        const found = told?.every(isCounted) ? told : undefined;
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
        total: { ...sum, unknown: [...sum.unknown, ...unpriced], atMost: unpriced.length > 0 ? undefined : sum.atMost },
        unpriced,
        assumes: [...new Set(lines.flatMap(({ assumes }) => assumes))].sort(),
        prices: distinctPrices(lines),
    };
}

/** Whether all that is paid for can be counted: an input that is no number makes a quantity that is none, and infinite is no number of anything. */
function isCounted({ quantities }: Priced): boolean {
    return quantities.every(({ quantity: { min, expected, max } }) =>
        [min, expected, max].every(amount => Number.isFinite(amount) && amount >= 0),
    );
}

function toItem(
    { component, priced, lines }: { component: string; priced: Priced[]; lines: CostLine[] },
    region: string,
): CostItem {
    const counts = new Map<string, number>();
    for (const { what } of priced) counts.set(what, (counts.get(what) ?? 0) + 1);
    const what = [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join("; ");
    const sum = sumLines(lines, region);
    return { component, service: priced[0]?.service ?? "", what: `${what}${onDemandNote(sum)}`, lines, ...sum };
}

/** Where Spot has no price: what the same costs on demand. */
function onDemandNote({ unknown, atMost }: Sum): string {
    return unknown.length > 0 && atMost !== undefined ? ` (on demand: ${money(atMost)})` : "";
}

/** What is unknown comes first: it may be the largest. */
function rank({ monthly, unknown }: Sum): number {
    return unknown.length > 0 ? Infinity : monthly.expected;
}

function distinctPrices(lines: readonly CostLine[]): Price[] {
    const prices = new Map(lines.flatMap(({ price }) => (price === undefined ? [] : [[price.key, price] as const])));
    return [...prices.values()];
}
