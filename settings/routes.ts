import { covers, overlap } from "../model/patterns";
import {
    MAX_ROUTES,
    MAX_WILDCARDS,
    Requests,
    Route,
    conditions,
    leastSpecific,
    level,
    requestsOf,
    wildcards,
} from "../model/routes";
import type { Context } from "./check";
import type { Finding, KeyPath } from "./problems";

/** A service with its route, and what the checks between routes ask of it. */
interface Routed {
    readonly name: string;
    readonly route: Route;
    readonly level: number;
    readonly requests: readonly Requests[];
}

export function routeCount({ settings: { services } }: Context): readonly Finding[] {
    const count = services.filter(({ route }) => route !== undefined).length;
    if (count <= MAX_ROUTES) return [];
    return [
        {
            path: ["services"],
            found: `${count} routes`,
            allowed: `at most ${MAX_ROUTES}, since a load balancer has no more target groups: the others in a stack of their own`,
        },
    ];
}

/** Requests go to one service for sure: no route takes all of what another one names, and none that meet stand side by side. */
export function routesReached({ settings: { services } }: Context): readonly Finding[] {
    const routed = services.flatMap(({ name, route }): Routed[] =>
        // A rule with more is refused by itself, and would take long to compare.
        route === undefined || wildcards(route) > MAX_WILDCARDS
            ? []
            : [{ name, route, level: level(route), requests: requestsOf(route) }],
    );
    return routed.flatMap((service, index) =>
        routed.slice(0, index).flatMap(other => {
            const finding =
                sameRequests(other, service) ?? (other.level === service.level ? undecided(other, service) : undefined);
            if (finding !== undefined) return [finding];
            const shadowed = other.level < service.level ? unreached(other, service) : unreached(service, other);
            return shadowed === undefined ? [] : [shadowed];
        }),
    );
}

function sameRequests(other: Routed, { name, route, requests }: Routed): Finding | undefined {
    const same = requests.find(one => other.requests.some(theirs => theirs.host === one.host && theirs.path === one.path));
    if (same === undefined) return undefined;
    const isWhole = JSON.stringify(sorted(route)) === JSON.stringify(sorted(other.route));
    return {
        path: at(name),
        found: isWhole ? `the route of ${other.name}` : `${show(same)}, which ${other.name} has too`,
        allowed: "a host or path of its own",
        because: [at(name), at(other.name)],
    };
}

/** Two routes that are as specific as each other, and meet. */
function undecided(other: Routed, { name, route, requests }: Routed): Finding | undefined {
    for (const one of requests) {
        const met = other.requests.find(theirs => overlap(theirs.host, one.host) && overlap(theirs.path, one.path));
        if (met === undefined) continue;
        return {
            path: [...at(name), "priority"],
            found: `${route.priority ?? "nothing"}, and no order: requests for both ${show(one)} and ${show(met)} of ${other.name}, neither more specific`,
            allowed: `a priority for the one of ${other.name} and ${name} that is to get them, ${route.priority === 1 ? "1, and a higher one or none for the other" : lower(route.priority)}`,
            because: [at(name), at(other.name)],
        };
    }
    return undefined;
}

/** Something of the later route that the earlier one gets every time. */
function unreached(first: Routed, later: Routed): Finding | undefined {
    const taken = takenBy(first, later);
    if (taken === undefined) return undefined;
    const why =
        first.route.priority === undefined
            ? `${later.name} is no more specific than ${leastSpecific(later.route)}`
            : `${first.name} has priority ${first.route.priority}`;
    const order =
        first.route.priority === 1
            ? `1 for ${later.name} and a higher one or none for ${first.name}`
            : `for ${later.name}, ${lower(first.route.priority)}`;
    const remedy =
        takenBy(later, first) === undefined
            ? `route.priority ${order}, so that ${later.name} comes before ${first.name}`
            : `a service of its own for one of the two, since ${later.name} before ${first.name} would take ${show(takenBy(later, first)?.lost)}`;
    return {
        path: at(later.name),
        found: `${show(taken.lost)}, which never gets a request: ${first.name} comes first with ${show(taken.by)}, since ${why}`,
        allowed: remedy,
        because: [at(first.name), at(later.name)],
    };
}

function takenBy(first: Routed, later: Routed): { readonly lost: Requests; readonly by: Requests } | undefined {
    for (const lost of later.requests) {
        const by = first.requests.find(wide => covers(wide.host, lost.host) && covers(wide.path, lost.path));
        if (by !== undefined) return { lost, by };
    }
    return undefined;
}

function lower(priority: number | undefined): string {
    return priority === undefined ? "such as 1" : `lower than ${priority}`;
}

function show(requests: Requests | undefined): string {
    if (requests === undefined) return "";
    return requests.host === "*" ? requests.path : `${requests.host}${requests.path}`;
}

function at(service: string): KeyPath & string[] {
    return ["services", service, "route"];
}

function sorted(route: Route): unknown {
    const { hosts, paths } = conditions(route);
    return [[...hosts].sort(), [...paths].sort()];
}
