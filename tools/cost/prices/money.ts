import { toCents } from "./prices";

/** An amount in USD, to be read: `1,234.50`. */
export function money(usd: number): string {
    const cents = toCents(Math.abs(usd));
    const text = cents.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return usd < 0 && cents > 0 ? `-${text}` : text;
}
