import type { PriceBatch, PriceKey, PriceTable } from "./prices";
import type { Offer } from "./offers";

/**
 * The table with a region's prices from AWS's list. What the list does not have stays as it was: an old price with its old date, or none.
 */
export function withRegion(table: PriceTable, region: string, offers: Readonly<Record<string, Offer>>): PriceTable {
    const fresh = Object.entries(offers)
        .filter(([, { usd }]) => Object.keys(usd).length > 0)
        .map(([code, { publishedOn, usd }]): PriceBatch => ({
            source: `AWS Price List, offer ${code}`,
            asOf: publishedOn,
            confidence: "H",
            usd,
        }));
    const renewed = new Set(fresh.flatMap(({ usd }) => Object.keys(usd)));
    const kept = (table.regions[region] ?? [])
        .map(batch => ({ ...batch, usd: Object.fromEntries(Object.entries(batch.usd).filter(([key]) => !renewed.has(key))) }))
        .filter(({ usd }) => Object.keys(usd).length > 0);
    return { ...table, regions: { ...table.regions, [region]: [...fresh, ...kept] } };
}

/** Prices that moved, with what they were; also those that are new. */
export function changes(before: PriceTable, after: PriceTable, region: string): { key: PriceKey; from?: number; to: number }[] {
    const flat = (table: PriceTable) => {
        const batches = [...(table.regions[region] ?? []), ...table.everywhere].reverse();
        return new Map(batches.flatMap(({ usd }) => Object.entries(usd) as [PriceKey, number][]));
    };
    const old = flat(before);
    return [...flat(after)].flatMap(([key, to]) => (old.get(key) === to ? [] : [{ key, from: old.get(key), to }]));
}
