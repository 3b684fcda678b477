import type { Scope } from "../iam/scope";
import type { BootstrapSettings, Environment } from "./schema";

/** What belongs to one environment, or to all of them. */
export function scopeOf(
    { project, region, services, environments }: BootstrapSettings,
    account: string,
    only?: Environment,
): Scope {
    const those = only === undefined ? environments : [only];
    const subnetsOf = (some: readonly Environment[]) => some.flatMap(({ subnetIds }) => subnetIds);
    return {
        project,
        region,
        account,
        services,
        stacks: those.map(({ name }) => name),
        domains: those.flatMap(({ domain }) => (domain === undefined ? [] : [domain])),
        securityGroups: those.flatMap(({ securityGroups }) => securityGroups),
        networks: those.flatMap(({ network }) => (network === undefined ? [] : [network])),
        exec: those.every(({ exec }) => exec),
        internal: those.every(({ internal }) => internal),
        subnets: { own: subnetsOf(those), others: subnetsOf(environments.filter(one => !those.includes(one))) },
    };
}
