import type { BudgetVerdict, UnknownBudget } from "./budget";
import { AT_MOST, howToGetPrices, toCents } from "./prices/prices";
import { money } from "./prices/money";
import { amountJson, describeItem } from "./text";

/** AWS's page with the prices of Fargate Spot, by region. */
const SPOT_PRICES = "https://aws.amazon.com/fargate/pricing";

/** A verdict in a few words, for a heading; empty where the budget holds or there is none. */
export function budgetHeadline(verdict: BudgetVerdict): string {
    switch (verdict.kind) {
        case "exceeded":
            return `${money(verdict.byUsd)} over the budget of ${money(verdict.limitUsd)}`;
        case "unknown":
            return `nobody can tell whether the budget of ${money(verdict.limitUsd)} holds`;
        default:
            return "";
    }
}

/** A verdict to be read; nothing where there is no budget. The first line tells it, the others why and what to do. */
export function budgetLines(verdict: BudgetVerdict, region: string): string[] {
    if (verdict.kind === "none") return [];
    const limit = `${money(verdict.limitUsd)} (fargate:budget.monthlyUsd)`;
    switch (verdict.kind) {
        case "within": {
            const spot = verdict.countsOnDemand ? ", with Spot counted at the on-demand price, which it is never above" : "";
            return [`Budget: ${money(verdict.leftUsd)} left of ${limit}${spot}`];
        }
        case "exceeded":
            return [
                `Budget exceeded by ${money(verdict.byUsd)}: the expected level is over ${limit}. Largest:`,
                ...verdict.largest.map(item => `  ${money(item.monthly.expected)}  ${describeItem(item)}`),
            ];
        case "unknown":
            return [
                `Budget: nobody can tell whether ${limit} is enough. ${knownText(verdict)}`,
                ...nextSteps(verdict, region).map(step => `  ${step}`),
            ];
    }
}

/** A verdict as data. Amounts are USD a month, to the cent. */
export function budgetJson(verdict: BudgetVerdict, region: string): Record<string, unknown> {
    switch (verdict.kind) {
        case "none":
            return { verdict: "none" };
        case "within": {
            const { kind, limitUsd, leftUsd, countsOnDemand } = verdict;
            return { verdict: kind, limitUsd, leftUsd: toCents(leftUsd), countsOnDemand };
        }
        case "exceeded": {
            const { kind, limitUsd, byUsd, largest } = verdict;
            const items = largest.map(({ component, service, what, monthly }) => ({
                component,
                service,
                what,
                expected: toCents(monthly.expected),
            }));
            return { verdict: kind, limitUsd, byUsd: toCents(byUsd), largest: items };
        }
        case "unknown": {
            const { kind, limitUsd, knownUsd, atMostUsd } = verdict;
            return {
                verdict: kind,
                limitUsd,
                knownUsd: amountJson(knownUsd),
                atMostUsd: amountJson(atMostUsd),
                nextSteps: nextSteps(verdict, region),
            };
        }
    }
}

function knownText({ knownUsd, atMostUsd }: UnknownBudget): string {
    if (knownUsd === undefined) return "Nothing has a price here.";
    const most = atMostUsd === undefined ? "" : `; with Spot at the on-demand price it is ${money(atMostUsd)}`;
    return `What is known costs ${money(knownUsd)}${most}.`;
}

function nextSteps({ knownUsd, atMostUsd, missing, unpriced }: UnknownBudget, region: string): string[] {
    const spot = missing.filter(key => key in AT_MOST);
    const isRefreshed = knownUsd === undefined || missing.length > spot.length;
    return [
        ...(isRefreshed ? [howToGetPrices(region)] : []),
        ...(unpriced.length > 0 ? [`Price what nobody knows the cost of in tools/cost/pricers/index.ts`] : []),
        ...(spot.length > 0
            ? [
                  `Enter ${spot.join(", ")} in tools/cost/prices/price-table.json, from ${SPOT_PRICES}: the price list that npm run prices:refresh reads does not have Spot`,
              ]
            : []),
        ...(atMostUsd === undefined
            ? []
            : [`Or set fargate:budget.monthlyUsd to ${Math.ceil(atMostUsd)}, which is enough whatever Spot costs`]),
    ];
}
