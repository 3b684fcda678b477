import { Cost, CostItem, Sum, costOf, isUnknown } from "./estimate";
import { budgetVerdict, failsBudget } from "./budget";
import { Prices, noPrices, pricesIn } from "./prices/prices";
import { UserError } from "../cli/user-error";
import { budgetJson, budgetLines } from "./budget-text";
import { alarm, amountJson, costText } from "./text";
import type { Inventory } from "../inventory/inventory";

/** What a stack costs, as a part of something larger. */
export interface CostSection {
    readonly text: string;
    /** The same as data. Amounts are USD a month, to the cent. */
    readonly json: Readonly<Record<string, unknown>>;
    /** Whether the expected level is above `fargate:budget.monthlyUsd`, or nobody can tell. */
    readonly failsBudget: boolean;
}

/** The cost of an inventory. A region without prices is told, and fails a budget. */
export function costSection({ settings, resources }: Inventory): CostSection {
    const { region, usage, stack } = settings;
    const prices = pricesIn(region);
    const cost = prices && costOf(resources, usage, prices);
    const verdict = budgetVerdict(settings, cost);
    const fails = failsBudget(verdict);
    const [headline, ...rest] = budgetLines(verdict, region);
    const budget = headline === undefined ? [] : ["", fails ? alarm(headline) : headline, ...rest];
    const estimate = cost === undefined ? noPrices(region) : costText(`Cost of ${stack}`, cost, usage);
    const json = cost === undefined ? { region, unknown: [estimate] } : { ...costJson(cost), assumed: usage };
    return {
        text: [estimate, ...budget].join("\n"),
        json: { ...json, budget: budgetJson(verdict, region) },
        failsBudget: fails,
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
    const amount = (usd: number) => amountJson(isUnknown(sum) ? undefined : usd);
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
