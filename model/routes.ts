/** Where a load balancer sends a request: hosts and paths of one service. */
export interface Route {
    readonly hosts: readonly string[];
    readonly paths: readonly string[];
    readonly priority?: number;
}

/** Limit by Elastic Load Balancing: values in all conditions of one rule. */
export const MAX_CONDITION_VALUES = 5;

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
    const bands = (MAX_PRIORITY - RESERVED_PRIORITIES) / SLOTS_PER_BAND;
    const band = Math.max(0, bands - 1 - specificity(route));
    return RESERVED_PRIORITIES + 1 + band * SLOTS_PER_BAND + (hash(service) % SLOTS_PER_BAND);
}

/** Larger is more specific: an exact host before a wildcard host before none, then the longer and the exact path. */
function specificity(route: Route): number {
    const host = Math.min(...(route.hosts.length === 0 ? [0] : route.hosts.map(name => (name.includes("*") ? 1 : 2))));
    const paths = pathConditions(route);
    const path = Math.min(...(paths.length === 0 ? [0] : paths.map(pathSpecificity)));
    return host * PATH_LEVELS + path;
}

/** ELB's path patterns are at most 128 characters long. */
const PATH_LEVELS = 163;

function pathSpecificity(pattern: string): number {
    const wildcard = pattern.search(/[*?]/);
    const literal = wildcard === -1 ? pattern.length : wildcard;
    return Math.min(PATH_LEVELS - 1, 1 + literal + (wildcard === -1 ? 32 : 0));
}

/** FNV-1a, for an even spread over the slots of a band. */
function hash(text: string): number {
    let value = 0x811c9dc5;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return value;
}
