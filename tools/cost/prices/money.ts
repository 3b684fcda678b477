import { toCents } from "./prices";

/** Made once: a new one for every amount takes longer than the rest of the table. */
const CENTS = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** An amount in USD, to be read: `1,234.50`. */
export function money(usd: number): string {
    const cents = toCents(Math.abs(usd));
    const text = CENTS.format(cents);
    return usd < 0 && cents > 0 ? `-${text}` : text;
}
