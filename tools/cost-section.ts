import { Cost, CostItem, Sum, budgetVerdict, costOf } from "../model/cost";
import { Prices, noPrices, pricesIn, toCents } from "../model/prices";
import { costText } from "./cost-text";
import type { Inventory } from "./inventory";
import { UserError } from "./stack-files";

/** What a stack costs, as a part of something larger. */
export interface CostSection {
    readonly text: string;
    /** The same as data. Amounts are USD a month, to the cent. */
    readonly json: Readonly<Record<string, unknown>>;
    /** Whether the expected level is above `fargate:budget.monthlyUsd`. */
    readonly exceedsBudget: boolean;
}

/** The cost of an inventory. A region without prices is told, and exceeds nothing. */
export function costSection({ settings, resources }: Inventory): CostSection {
    const prices = pricesIn(settings.region);
    if (prices === undefined) {
        const unchecked =
            settings.budget === undefined ? "" : ` fargate:budget of ${settings.budget.monthlyUsd} USD is not checked.`;
        const text = `${noPrices(settings.region)}${unchecked}`;
        return { text, json: { region: settings.region, unknown: [text] }, exceedsBudget: false };
    }
    const cost = costOf(resources, settings.usage, prices);
    const verdict = budgetVerdict(settings, cost);
    return {
        text: costText(`Cost of ${settings.stack}`, cost, settings.usage, verdict),
        json: { ...costJson(cost), assumed: settings.usage, budget: verdict.kind, budgetUsd: settings.budget?.monthlyUsd },
        exceedsBudget: verdict.kind === "exceeded",
    };
}

/** The prices of a region. @throws UserError that names the command which fetches them. */
export function requirePrices(region: string): Prices {
    const prices = pricesIn(region);
    if (prices === undefined) throw new UserError(noPrices(region));
    return prices;
}

function costJson({ region, items, total, prices }: Cost): Record<string, unknown> {
    return { region, currency: "USD", total: sumJson(total), items: items.map(itemJson), prices };
}

function itemJson(item: CostItem): Record<string, unknown> {
    const { component, service, what, lines } = item;
    return {
        component,
        service,
        what,
        ...sumJson(item),
        lines: lines.map(({ resource, key, part, quantity, assumes, price }) => ({
            resource,
            price: key,
            part,
            quantity,
            usd: price?.usd ?? null,
            assumes,
        })),
    };
}

function sumJson({ fixed, usage, monthly, unknown }: Sum): Record<string, unknown> {
    return {
        fixed: toCents(fixed),
        usage: toCents(usage),
        min: toCents(monthly.min),
        // Nothing known is not zero.
        expected: unknown.length > 0 && monthly.expected === 0 ? null : toCents(monthly.expected),
        max: toCents(monthly.max),
        unknown,
    };
}
