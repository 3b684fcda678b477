import { UserError } from "../../cli/user-error";
import { OFFERS, Offer, Wanted, readOffer } from "./offers";

/** Public, without credentials (AWS Billing user guide, "Getting price list files manually"). */
export const AWS_PRICE_LIST = "https://pricing.us-east-1.amazonaws.com";

export interface FetchOptions {
    /** @default AWS_PRICE_LIST */
    readonly from?: string;
    /** Called now and then with what has arrived. */
    readonly onProgress?: (offer: string, megabytes: number) => void;
}

/** Bytes between two calls of `onProgress`. */
const STEP = 1_000_000;

/** An offer that every region has, so that without it there is no such region. */
const EVERYWHERE = "AmazonECS";

/**
 * Every offer of AWS's price list that the table takes something from, for one region.
 *
 * @throws UserError when the list cannot be reached or does not have the region.
 */
export async function fetchRegion(
    region: string,
    { from = AWS_PRICE_LIST, onProgress }: FetchOptions = {},
): Promise<Record<string, Offer>> {
    const offers: Record<string, Offer> = {};
    for (const [code, wanted] of Object.entries(OFFERS)) {
        const url = `${from}/offers/v1.0/aws/${code}/current/${region}/index.json`;
        try {
            const response = await fetch(url);
            if (!response.ok && code === EVERYWHERE)
                throw new UserError(
                    `AWS's price list has no region ${region}: ${url} answered ${response.status}. Allowed: a region's code`,
                );
            offers[code] = response.ok
                ? await readOffer(
                      textOf(response, bytes => onProgress?.(code, Math.round(bytes / 1e6))),
                      wanted,
                  )
                : absent(wanted, `${url} answered ${response.status}`);
        } catch (error) {
            if (error instanceof UserError) throw error;
            throw new UserError(`${reasonOf(error, url)}. Nothing was written for ${region}; the prices from before still hold.`);
        }
    }
    return offers;
}

function absent(wanted: readonly Wanted[], reason: string): Offer {
    return { publishedOn: "", usd: {}, missing: wanted.map(({ key }) => ({ key, reason })) };
}

async function* textOf(response: Response, onBytes: (bytes: number) => void): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let [bytes, told] = [0, 0];
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        bytes += chunk.byteLength;
        if (bytes - told >= STEP) onBytes((told = bytes));
        yield decoder.decode(chunk, { stream: true });
    }
}

function reasonOf(error: unknown, url: string): string {
    if (error instanceof SyntaxError) return `${url} cannot be read: ${error.message}`;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return `${new URL(url).host} cannot be reached: ${cause}. The price list needs internet (no account)`;
}
