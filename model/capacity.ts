/** How tasks are spread over on-demand and Spot capacity. */
export interface CapacityProvider {
    readonly capacityProvider: "FARGATE" | "FARGATE_SPOT";
    readonly weight: number;
}

/** The capacity provider strategy for a share of Spot in percent; a provider without a share is left out. */
export function capacityProviders(spotPercent: number): CapacityProvider[] {
    const common = greatestCommonDivisor(spotPercent, 100 - spotPercent);
    const strategy: CapacityProvider[] = [
        { capacityProvider: "FARGATE", weight: (100 - spotPercent) / common },
        { capacityProvider: "FARGATE_SPOT", weight: spotPercent / common },
    ];
    return strategy.filter(provider => provider.weight > 0);
}

function greatestCommonDivisor(a: number, b: number): number {
    return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
