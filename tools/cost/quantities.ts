import type { UsageKey } from "../../settings/usage";
import { AT_MOST, PRICE_LABELS, Price, PriceKey, Prices } from "./prices/prices";

/** A quantity or an amount with as many tasks as scaling allows at least, as many as are expected, and as many as it allows at most. */
export interface Range {
    readonly min: number;
    readonly expected: number;
    readonly max: number;
}

/** Due without any load, or because of load. */
export type Part = "fixed" | "usage";

/** One priced quantity of a resource, before it meets its price. */
export interface Quantity {
    readonly key: PriceKey;
    readonly part: Part;
    /** A month, in the unit of the price. */
    readonly quantity: Range;
    /** Assumptions behind the quantity. */
    readonly assumes: readonly UsageKey[];
}

/** What one resource costs at one AWS service. */
export interface Priced {
    /** AWS's name of the service, as on the bill. */
    readonly service: string;
    /** What is paid for, in a few words. */
    readonly what: string;
    readonly quantities: readonly Quantity[];
}

export interface CostLine extends Quantity {
    /** Logical name of the resource. */
    readonly resource: string;
    /** Price by AWS's unit; undefined where it is not known. */
    readonly price: Price | undefined;
    /** USD a month; undefined where the price is not known. */
    readonly monthlyUsd: Range | undefined;
    /** The same where the price is known, and otherwise by a price that it is never above; undefined where that is not known either. */
    readonly atMostUsd: Range | undefined;
}

/** An amount in USD a month, of everything whose price is known. */
export interface Sum {
    readonly fixed: number;
    /** At the expected level. */
    readonly usage: number;
    readonly monthly: Range;
    /** What is missing from the amount, by the sentence. */
    readonly unknown: readonly string[];
    /** The expected level with what is unknown at prices that it is never above; undefined where something has no such price. */
    readonly atMost: number | undefined;
}

export function priceLine(resource: string, quantity: Quantity, prices: Prices): CostLine {
    const price = prices.of(quantity.key);
    const above = AT_MOST[quantity.key];
    const bound = price ?? (above && prices.of(above));
    const amount = (at: Price | undefined) => at && times(quantity.quantity, at.usd);
    return { ...quantity, resource, price, monthlyUsd: amount(price), atMostUsd: amount(bound) };
}

/** Lines whose price is missed: nothing of something is nothing, whatever it costs. */
export function unpricedLines(lines: readonly CostLine[]): CostLine[] {
    return lines.filter(({ price, quantity }) => price === undefined && quantity.max > 0);
}

/** Whether nothing of an amount is known, which is not the same as nothing to pay. */
export function isUnpriced({ unknown, monthly }: Pick<Sum, "unknown" | "monthly">): boolean {
    return unknown.length > 0 && monthly.max === 0;
}

export function sumLines(lines: readonly CostLine[], region: string): Sum {
    const known = lines.flatMap(({ part, monthlyUsd }) => (monthlyUsd === undefined ? [] : [{ part, monthlyUsd }]));
    const missing = unpricedLines(lines);
    const ofPart = (part: Part) => addAll(known.filter(line => line.part === part).map(line => line.monthlyUsd));
    const monthly = addAll(known.map(line => line.monthlyUsd));
    const bounds = missing.map(line => line.atMostUsd);
    const isBound = bounds.every(bound => bound !== undefined);
    return {
        fixed: ofPart("fixed").expected,
        usage: ofPart("usage").expected,
        monthly,
        unknown: [...new Set(missing.map(({ key }) => `no price for ${PRICE_LABELS[key]}, in ${region}`))],
        atMost: isBound ? monthly.expected + addAll(bounds).expected : undefined,
    };
}

/** The same at every level. */
export function always(quantity: number): Range {
    return { min: quantity, expected: quantity, max: quantity };
}

export function times({ min, expected, max }: Range, factor: number): Range {
    return { min: min * factor, expected: expected * factor, max: max * factor };
}

/** What a range has above its minimum. */
export function above({ min, expected, max }: Range): Range {
    return { min: 0, expected: expected - min, max: max - min };
}

export function addAll(ranges: readonly Range[]): Range {
    return ranges.reduce(
        (sum, range) => ({
            min: sum.min + range.min,
            expected: sum.expected + range.expected,
            max: sum.max + range.max,
        }),
        always(0),
    );
}

/** One of something that costs the same every month. */
export function flat(service: string, what: string, key: Quantity["key"]): Priced {
    return { service, what, quantities: [{ key, part: "fixed", quantity: always(1), assumes: [] }] };
}
