import type { Scope } from "../iam/scope";
import type { BootstrapSettings, Environment } from "./schema";

/** What belongs to one environment, or to all of them. */
export function scopeOf(
    { project, region, services, environments }: BootstrapSettings,
    account: string,
    only?: Environment,
): Scope {
    const those = only === undefined ? environments : [only];
    return {
        project,
        region,
        account,
        services,
        stacks: those.map(({ name }) => name),
        domains: those.flatMap(({ domain }) => (domain === undefined ? [] : [domain])),
        securityGroups: those.flatMap(({ securityGroups }) => securityGroups),
        networks: those.flatMap(({ network }) => (network === undefined ? [] : [network])),
    };
}
