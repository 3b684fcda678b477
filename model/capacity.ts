/** How tasks are spread over on-demand and Spot capacity. */
export interface CapacityProvider {
    readonly capacityProvider: "FARGATE" | "FARGATE_SPOT";
    readonly weight: number;
    /** The first tasks, before the weights count. */
    readonly base?: number;
}

/**
 * The capacity provider strategy for a share of Spot in percent; a provider without any task is left out.
 *
 * @param base tasks that run on demand whatever the share is
 */
export function capacityProviders(spotPercent: number, base?: number): CapacityProvider[] {
    const common = greatestCommonDivisor(spotPercent, 100 - spotPercent);
    const strategy: CapacityProvider[] = [
        { capacityProvider: "FARGATE", weight: (100 - spotPercent) / common, ...(base !== undefined && { base }) },
        { capacityProvider: "FARGATE_SPOT", weight: spotPercent / common },
    ];
    return strategy.filter(provider => provider.weight > 0 || provider.base !== undefined);
}

/** How many of some tasks run on Spot, on average: those of the base never do, and the weights share the others. */
export function tasksOnSpot(tasks: number, strategy: readonly CapacityProvider[]): number {
    const sum = (of: readonly CapacityProvider[]) => of.reduce((total, { weight }) => total + weight, 0);
    const base = Math.max(0, ...strategy.map(provider => provider.base ?? 0));
    const all = sum(strategy);
    const spot = sum(strategy.filter(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT"));
    return all === 0 ? 0 : (Math.max(0, tasks - base) * spot) / all;
}

function greatestCommonDivisor(a: number, b: number): number {
    return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
