import { Cost, CostItem, Sum, costOf, isUnpriced } from "./estimate";
import { budgetVerdict, failsBudget } from "./budget";
import { Prices, noPrices, pricesIn } from "./prices/prices";
import { UserError } from "../cli/user-error";
import { budgetJson, budgetLines } from "./budget-text";
import { alarm, amountJson, costSummary, costText } from "./text";
import type { Inventory } from "../inventory/inventory";
import type { Section } from "../inventory/section";

/** The cost of an inventory, in amounts of USD a month, as data to the cent. A region without prices is told, and fails a budget. @param width of the terminal, in columns */
export function costSection({ settings, resources }: Inventory, width?: number): Section<Readonly<Record<string, unknown>>> {
    const { region, usage, stack } = settings;
    const prices = pricesIn(region);
    const cost = prices && costOf(resources, usage, prices);
    const verdict = budgetVerdict(settings, cost);
    const blocks = failsBudget(verdict);
    const [headline, ...rest] = budgetLines(verdict, region);
    const budget = headline === undefined ? [] : ["", blocks ? alarm(headline) : headline, ...rest];
    const estimate = cost === undefined ? [] : [costText(cost, usage, width)];
    const json = cost === undefined ? { region, unknown: [noPrices(region)] } : { ...costJson(cost), assumed: usage };
    return {
        title: `Cost of ${stack}`,
        summary: cost === undefined ? noPrices(region) : costSummary(cost),
        text: [...estimate, ...budget].join("\n"),
        json: { ...json, budget: budgetJson(verdict, region) },
        blocks,
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

/** Nothing known is null, which is not zero. */
function sumJson(sum: Sum): Record<string, unknown> {
    const amount = (usd: number) => amountJson(isUnpriced(sum) ? undefined : usd);
    const { fixed, usage, monthly, unknown, atMost } = sum;
    return {
        fixed: amount(fixed),
        usage: amount(usage),
        min: amount(monthly.min),
        expected: amount(monthly.expected),
        max: amount(monthly.max),
        atMost: amountJson(atMost),
        unknown,
    };
}
