/** Availability zones without Fargate, by zone id (Amazon ECS developer guide, "Supported Regions for Amazon ECS on AWS Fargate"). */
const WITHOUT_FARGATE: ReadonlySet<string> = new Set(["apne1-az3", "usw1-az2"]);

export interface Zone {
    readonly name: string;
    /** The same physical place in every account, which a name is not. */
    readonly id: string;
}

/** The first `count` zones that have Fargate, by zone id, as names. */
export function chooseZones(available: readonly Zone[], count: number): string[] {
    return [...available]
        .filter(zone => hasFargate(zone.id))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, count)
        .map(zone => zone.name);
}

export function hasFargate(zoneId: string): boolean {
    return !WITHOUT_FARGATE.has(zoneId);
}
