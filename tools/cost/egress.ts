import { costOf } from "./estimate";
import type { Resource } from "../inventory/resource";
import type { Usage } from "../../settings/usage";
import { CreatedEgress, EgressShape, egressResources, withEgress } from "./variants";
import type { Prices } from "./prices/prices";

/** What each way out of the VPC gives up. */
export const EGRESS: Readonly<Record<CreatedEgress, { readonly loses: string }>> = {
    endpoints: { loses: "the internet: tasks reach AWS services with an endpoint, and nothing else" },
    nat: { loses: "a closed network: tasks may reach any HTTPS server, and none when the zone of the one gateway fails" },
    "nat-per-zone": { loses: "a closed network: tasks may reach any HTTPS server" },
};

/** GB a month that the advice is given for. */
export const ADVISED_GB = [0, 100, 1000] as const;

export interface EgressCase {
    readonly resources: readonly Resource[];
    readonly usage: Usage;
    readonly prices: Prices;
    readonly shape: EgressShape;
}

export interface EgressOption {
    readonly egress: CreatedEgress;
    /** USD a month for each of `ADVISED_GB`; undefined where a price is missing. */
    readonly monthlyUsd: readonly (number | undefined)[];
    readonly loses: string;
    /** Why this stack cannot take it. */
    readonly impossible?: string;
}

/** What every way out costs by the data that goes through it. What is sent to the internet is paid on top, the same in each. */
export function egressAdvice(estimate: EgressCase, impossible: Readonly<Partial<Record<CreatedEgress, string>>>): EgressOption[] {
    return (Object.keys(EGRESS) as CreatedEgress[]).map(egress => ({
        egress,
        monthlyUsd: ADVISED_GB.map(gb => egressUsd(estimate, egress, gb)),
        loses: EGRESS[egress].loses,
        impossible: impossible[egress],
    }));
}

/** The cheapest possible way for each of `ADVISED_GB`; undefined where nothing is known. */
export function cheapestEgress(options: readonly EgressOption[]): (CreatedEgress | undefined)[] {
    return ADVISED_GB.map((_, index) => {
        const usd = (option: EgressOption) => option.monthlyUsd[index] ?? Infinity;
        const [best] = options
            .filter(option => option.impossible === undefined && usd(option) < Infinity)
            .sort((a, b) => usd(a) - usd(b));
        return best?.egress;
    });
}

/** GB a month at which two ways cost the same; undefined where one is cheaper throughout, or a price is missing. */
export function breakEvenGb(estimate: EgressCase, one: CreatedEgress, other: CreatedEgress): number | undefined {
    // Both grow by a constant price for each GB.
    const line = (egress: CreatedEgress) => {
        const [fixed, more] = [egressUsd(estimate, egress, 0), egressUsd(estimate, egress, 1)];
        return fixed === undefined || more === undefined ? undefined : { fixed, perGb: more - fixed };
    };
    const [a, b] = [line(one), line(other)];
    if (a === undefined || b === undefined || a.perGb === b.perGb) return undefined;
    const gb = (b.fixed - a.fixed) / (a.perGb - b.perGb);
    return gb > 0 ? gb : undefined;
}

function egressUsd({ resources, usage, prices, shape }: EgressCase, egress: CreatedEgress, gb: number): number | undefined {
    const parts = egressResources(withEgress(resources, egress, shape));
    const { total } = costOf(parts, { ...usage, egressGbPerMonth: gb }, prices);
    return total.unknown.length > 0 ? undefined : total.monthly.expected;
}
