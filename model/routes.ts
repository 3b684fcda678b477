/** Where a load balancer sends a request: hosts and paths of one service. */
export interface Route {
    readonly hosts: readonly string[];
    readonly paths: readonly string[];
    readonly priority?: number;
}

/** Limit by Elastic Load Balancing: values in all conditions of one rule. */
export const MAX_CONDITION_VALUES = 5;

/** Limit by Elastic Load Balancing: `*` and `?` in all conditions of one rule. */
export const MAX_WILDCARDS = 6;

/** Rule priorities by Elastic Load Balancing are 1 to 50000, lower ones first. */
export const MAX_PRIORITY = 50_000;

/** Priorities up to this one are left to `route.priority`. */
export const RESERVED_PRIORITIES = 1000;

const SLOTS_PER_BAND = 100;

/** `/*` alone is no condition: it matches every path. */
export function pathConditions(route: Route): readonly string[] {
    return route.paths.includes("/*") ? [] : route.paths;
}

/** A rule needs one condition at least; a route that matches everything carries the path. */
export function conditions(route: Route): { readonly hosts: readonly string[]; readonly paths: readonly string[] } {
    const paths = pathConditions(route);
    return { hosts: route.hosts, paths: route.hosts.length === 0 && paths.length === 0 ? ["/*"] : paths };
}

/**
 * The priority of a service's rule: from how specific its least specific condition is, then from its name. No other service plays a part,
 * so that adding one renumbers nobody; two services can therefore meet at one priority, which the settings refuse.
 */
export function rulePriority(service: string, route: Route): number {
    if (route.priority !== undefined) return route.priority;
    const band = HOST_LEVELS * PATH_LEVELS - 1 - specificity(route);
    return RESERVED_PRIORITIES + 1 + band * SLOTS_PER_BAND + (hash(service) % SLOTS_PER_BAND);
}

/** Larger is more specific: the host decides, then the path; a route is as specific as its least specific condition. */
function specificity(route: Route): number {
    const paths = pathConditions(route);
    const host = route.hosts.length === 0 ? 0 : Math.min(...route.hosts.map(hostSpecificity));
    return host * PATH_LEVELS + (paths.length === 0 ? 0 : Math.min(...paths.map(pathSpecificity)));
}

/** Levels that the bands have room for: 5 × 98 = 490. */
const HOST_LEVELS = 5;
const PATH_LEVELS = (MAX_PRIORITY - RESERVED_PRIORITIES) / SLOTS_PER_BAND / HOST_LEVELS;

/** An exact host before patterns: `*.a.example.com` before `*.example.com` before none. */
function hostSpecificity(host: string): number {
    if (!/[*?]/.test(host)) return HOST_LEVELS - 1;
    return Math.min(HOST_LEVELS - 2, host.split(".").length - 2);
}

/** The length of the shortest path that matches, up to the last level; an exact path before a pattern that matches it too. */
function pathSpecificity(pattern: string): number {
    const shortest = Math.min(PATH_LEVELS - 3, pattern.replaceAll("*", "").length);
    return 1 + shortest + (/[*?]/.test(pattern) ? 0 : 1);
}

/** FNV-1a, for an even spread over the slots of a band. */
function hash(text: string): number {
    let value = 0x811c9dc5;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return value;
}
