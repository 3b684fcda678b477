import type { ReachedList } from "./connections";

/** Whose connections the load balancer takes: of a block of addresses, or of a prefix list's. */
export type Caller =
    { readonly cidr: string; readonly list?: undefined } | { readonly cidr?: undefined; readonly list: ReachedList };

export const EVERYBODY = "0.0.0.0/0";

/** The names of CloudFront's list end so in every partition; who asks CloudFront is behind its addresses. */
export const CLOUDFRONT = /cloudfront\.origin-facing$/;

/** What is allowed in place of a firewall that would count CloudFront's addresses. */
export const FIREWALL_AT_CLOUDFRONT =
    "a web ACL at CloudFront, which sees who asks, and fargate:firewall: { off: <why there is none here> }: here all requests come from CloudFront's addresses, which rateLimit would stop with everybody behind them";

export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;

/** A rule of the load balancer's group. */
export interface CallerRule {
    /** What tells it from the others: `internet-80`. */
    readonly end: string;
    readonly caller: Caller;
    readonly port: number;
    readonly description: string;
}

/**
 * One rule for each caller and port. A list connects at the port that answers alone: AWS counts all its entries again for a second rule, CloudFront's
 * 55 of 60, and the other port only redirects.
 */
export function callerRules(callers: readonly Caller[], isHttps: boolean): CallerRule[] {
    const main = isHttps ? HTTPS_PORT : HTTP_PORT;
    return callers.flatMap(caller =>
        (caller.list === undefined && isHttps ? [HTTP_PORT, HTTPS_PORT] : [main]).map(port => ({
            end: `${placeOf(caller).replace("/", "-")}-${port}`,
            caller,
            port,
            description: descriptionOf(caller),
        })),
    );
}

/** The whole internet by its name: the same rule, however it is asked for. */
function placeOf({ cidr, list }: Caller): string {
    if (cidr === EVERYBODY) return "internet";
    return cidr ?? list.id;
}

function descriptionOf({ cidr, list }: Caller): string {
    if (cidr === EVERYBODY) return "Internet";
    return cidr === undefined ? `Prefix list ${list.id}` : `Callers of ${cidr}`;
}
