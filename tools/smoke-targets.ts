import type { ServiceSettings } from "../settings";

/** What is asked of one service through the load balancer. */
export interface Target {
    readonly service: string;
    /** Connected to: the load balancer. */
    readonly address: URL;
    /** Asked for: decides which listener rule answers, and which certificate. */
    readonly host: string;
    readonly path: string;
    /** Whether the path is the one that a healthy task answers with 200 to 399; elsewhere an error of the service's own says that it is reached. */
    readonly isHealthPath: boolean;
}

/** One request per routed service: at its health path where its route leads there, else where its route does lead. */
export function smokeTargets(services: readonly ServiceSettings[], url: string): Target[] {
    return services.flatMap(({ name: service, route, health }) => {
        if (route === undefined) return [];
        const address = new URL(url);
        const isHealthPath = route.paths.some(pattern => matches(pattern, health.path));
        const path = isHealthPath ? health.path : withoutWildcards(route.paths[0] ?? "/", "");
        const [pattern] = route.hosts;
        const host = pattern === undefined ? address.hostname : withoutWildcards(pattern, "smoke-test");
        return [{ service, address, host, path, isHealthPath }];
    });
}

/** ELB's patterns: `*` stands for any characters, `?` for one. */
function matches(pattern: string, path: string): boolean {
    const expression = pattern
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".");
    return new RegExp(`^${expression}$`).test(path.split("?", 1)[0] ?? "");
}

function withoutWildcards(pattern: string, filler: string): string {
    return pattern.replace(/\*/g, filler).replace(/\?/g, "x");
}
