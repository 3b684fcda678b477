import type { Cost, CostItem } from "./estimate";
import { unpricedLines } from "./quantities";
import type { PriceKey } from "./prices/prices";

/** Whether a stack stays within its budget. */
export type BudgetVerdict =
    | { readonly kind: "none" }
    | WithinBudget
    | { readonly kind: "exceeded"; readonly limitUsd: number; readonly byUsd: number; readonly largest: readonly CostItem[] }
    | UnknownBudget;

export interface WithinBudget {
    readonly kind: "within";
    readonly limitUsd: number;
    readonly leftUsd: number;
    /** Whether Spot without a price was counted at the on-demand price. */
    readonly countsOnDemand: boolean;
}

/** What is known does not exceed the budget, and what is not may. */
export interface UnknownBudget {
    readonly kind: "unknown";
    readonly limitUsd: number;
    /** Undefined where the region has no prices at all. */
    readonly knownUsd: number | undefined;
    /** What it costs at most; undefined where nobody can tell. */
    readonly atMostUsd: number | undefined;
    /** Prices that are missing. */
    readonly missing: readonly PriceKey[];
    /** Resources that nobody has priced, by the sentence. */
    readonly unpriced: readonly string[];
}

interface Budgeted {
    readonly budget?: { readonly monthlyUsd: number };
}

/**
 * Compares the expected level with `fargate:budget`. Where nobody can tell, the budget does not hold: it would let through what it was set against.
 *
 * @param cost undefined where the region has no prices
 */
export function budgetVerdict({ budget }: Budgeted, cost: Pick<Cost, "items" | "total" | "unpriced"> | undefined): BudgetVerdict {
    if (budget === undefined) return { kind: "none" };
    const limitUsd = budget.monthlyUsd;
    if (cost === undefined)
        return { kind: "unknown", limitUsd, knownUsd: undefined, atMostUsd: undefined, missing: [], unpriced: [] };
    const { items, total, unpriced } = cost;
    const knownUsd = total.monthly.expected;
    if (knownUsd > limitUsd) {
        const largest = [...items].sort((a, b) => b.monthly.expected - a.monthly.expected).slice(0, 3);
        return { kind: "exceeded", limitUsd, byUsd: knownUsd - limitUsd, largest };
    }
    const atMostUsd = total.atMost;
    if (atMostUsd !== undefined && atMostUsd <= limitUsd)
        return { kind: "within", limitUsd, leftUsd: limitUsd - atMostUsd, countsOnDemand: total.unknown.length > 0 };
    const missing = unpricedLines(items.flatMap(({ lines }) => lines)).map(({ key }) => key);
    return { kind: "unknown", limitUsd, knownUsd, atMostUsd, missing: [...new Set(missing)], unpriced };
}

/** Whether a stack must not be deployed for its budget. */
export function failsBudget({ kind }: BudgetVerdict): boolean {
    return kind === "exceeded" || kind === "unknown";
}
