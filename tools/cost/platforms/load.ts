import { PLATFORMS, Packing, Platform, Workload, compare } from "./platforms";
import type { Prices } from "../prices/prices";

/** Up to how many tasks the order is looked at. */
export const LARGEST_LOAD = 400;

/** From which number of tasks on one platform is cheaper than another, for good as far as was looked. */
export interface Crossing {
    readonly cheaper: Platform;
    readonly than: Platform;
    /** 1 where it is so throughout. */
    readonly fromTasks: number;
    /** First number of tasks where it is so at all: between the two the packing of instances decides. */
    readonly firstTasks: number;
}

/**
 * How the order of the platforms changes with load. The tasks of the services keep their proportions; zones and way out stay as they are. One
 * entry for each pair whose prices are known: the one that is cheaper at `LARGEST_LOAD`.
 */
export function crossings(workload: Workload, prices: Prices, packing: Packing = "reserved"): Crossing[] {
    const loads = Array.from({ length: LARGEST_LOAD }, (_, index) => costsAt(atLoad(workload, index + 1), prices, packing));
    const largest = loads[LARGEST_LOAD - 1];
    return PLATFORMS.flatMap((a, index) =>
        PLATFORMS.slice(index + 1).flatMap((b): Crossing[] => {
            const [costA, costB] = [largest?.get(a), largest?.get(b)];
            if (costA === undefined || costB === undefined || costA === costB) return [];
            const [cheaper, than] = costA < costB ? [a, b] : [b, a];
            const isCheaper = loads.map(costs => (costs.get(cheaper) ?? Infinity) < (costs.get(than) ?? Infinity));
            return [{ cheaper, than, fromTasks: isCheaper.lastIndexOf(false) + 2, firstTasks: isCheaper.indexOf(true) + 1 }];
        }),
    );
}

function costsAt(workload: Workload, prices: Prices, packing: Packing): Map<Platform, number | undefined> {
    return new Map(compare(workload, prices, packing).map(({ platform, monthlyUsd }) => [platform, monthlyUsd]));
}

/** The same services with this many tasks altogether, by largest remainder. A workload without tasks counts as one of each. */
export function atLoad(workload: Workload, tasks: number): Workload {
    const weights = workload.services.map(service => service.tasks);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const exact = weights.map(weight => (all === 0 ? tasks / weights.length : (tasks * weight) / all));
    const counts = exact.map(Math.floor);
    const left = tasks - counts.reduce((sum, count) => sum + count, 0);
    const remainders = exact.map((count, index) => ({ index, remainder: count - Math.floor(count) }));
    remainders.sort((a, b) => b.remainder - a.remainder);
    for (const { index } of remainders.slice(0, left)) counts[index] = (counts[index] ?? 0) + 1;
    return { ...workload, services: workload.services.map((service, index) => ({ ...service, tasks: counts[index] ?? 0 })) };
}
