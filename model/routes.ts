import { Conditions, conditions, furtherConditions, pathConditions } from "./conditions";
import { MAX_PRIORITY, Ranked } from "./priorities";
import type { Protocol } from "./protocol";

/** Which requests a listener rule takes, and before which others. */
export interface Route extends Conditions {
    /**
     * Order among routes, 1 to 1000: one with a priority is tried before all without, lower ones first.
     *
     * @default by how specific the route is
     */
    readonly priority?: number;
    /**
     * What the load balancer speaks with the tasks behind it.
     *
     * @default http1
     */
    readonly protocol?: Protocol;
}

/** Limit by Elastic Load Balancing on the target groups of one load balancer, which no quota raises; each route has one, and one rule of 100 by default, of which redirects and answers are some. */
export const MAX_ROUTES = 100;

/** The largest `route.priority`. */
export const MAX_ORDER = 1000;

const SLOTS_PER_BAND = 100;

/** Where the load balancer tries routes: those with a `priority` before all others, by it; then the more specific ones, in one band too; equal levels in any order. */
export function level(route: Route): number {
    const { host, path } = specificity(route);
    const further = furtherConditions(route).length / (MOST_FURTHER * EXCESS);
    return (route.priority ?? MAX_ORDER + 1) * BANDS + band(route) - (host % 1) - ((path % 1) + further) / EXCESS;
}

/** A rule with its name, and the priority that it prefers: that of its route, or one in the band of routes that are as specific, by the name. */
export function ranked(name: string, route: Route): Ranked {
    const ofBand = MAX_ORDER + 1 + band(route) * SLOTS_PER_BAND + (hash(name) % SLOTS_PER_BAND);
    return { name, level: level(route), preferred: route.priority ?? ofBand };
}

/** The host or path that makes a route no more specific than it is. */
export function leastSpecific(route: Route): string {
    const { hosts, paths } = conditions(route);
    const [host] = [...hosts].sort((a, b) => hostSpecificity(a) - hostSpecificity(b));
    const [path] = [...paths].sort((a, b) => pathSpecificity(a) - pathSpecificity(b));
    return `${host ?? ""}${path ?? (host === undefined ? "/*" : "")}`;
}

function band(route: Route): number {
    const { host, path } = specificity(route);
    return BANDS - 1 - Math.floor(host) * PATH_LEVELS - Math.floor(path);
}

/** Larger is more specific: the host decides, then the path; a route is as specific as its least specific condition. */
function specificity(route: Route): { readonly host: number; readonly path: number } {
    const paths = pathConditions(route);
    return {
        host: route.hosts.length === 0 ? 0 : Math.min(...route.hosts.map(hostSpecificity)),
        path: paths.length === 0 ? 0 : Math.min(...paths.map(pathSpecificity)),
    };
}

/** As many levels as priorities have bands for: 5 × 98 = 490. */
const HOST_LEVELS = 5;
const PATH_LEVELS = (MAX_PRIORITY - MAX_ORDER) / SLOTS_PER_BAND / HOST_LEVELS;
const BANDS = HOST_LEVELS * PATH_LEVELS;

/** More than a host's labels or a path's characters can be above the last level; a power of two, so that fractions are exact. */
const EXCESS = 128;

/** More conditions than a rule can have beside hosts and paths; a power of two too. Their number orders routes whose hosts and paths are as specific. */
const MOST_FURTHER = 8;

/** Up to the last level; what is above it orders patterns within that level, as a fraction. */
function upTo(last: number, count: number): number {
    return count <= last ? count : last + (count - last) / EXCESS;
}

/** An exact host before `*.a.example.com` and `a-*.example.com` before `*.example.com` before none. */
function hostSpecificity(host: string): number {
    if (!/[*?]/.test(host)) return HOST_LEVELS - 1;
    const labels = host.split(".").filter(label => label !== "*").length;
    return Math.max(0, upTo(HOST_LEVELS - 2, labels - 1));
}

/** The length of the shortest path that matches, up to the last level; an exact path before a pattern that matches it too. */
function pathSpecificity(pattern: string): number {
    const shortest = 1 + upTo(PATH_LEVELS - 3, pattern.replaceAll("*", "").length);
    return /[*?]/.test(pattern) ? shortest : Math.floor(shortest) + 1;
}

/** FNV-1a, for an even spread over the slots of a band. */
function hash(text: string): number {
    let value = 0x811c9dc5;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return value;
}
