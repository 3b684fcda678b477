import {
    MAX_WILDCARDS,
    Requests,
    conditions,
    furtherConditions,
    meet,
    requestsOf,
    requestsText,
    takesAll,
    wildcards,
} from "../model/conditions";
import { MAX_ROUTES, Route, leastSpecific } from "../model/routes";
import type { Context } from "./check";
import { ListenerRule, listenerRules } from "./listener-rules";
import type { Finding } from "./problems";

/** A rule, and what the checks between rules ask of it. */
interface Routed extends ListenerRule {
    readonly requests: readonly Requests[];
}

export function routeCount({ settings }: Context): readonly Finding[] {
    const rules = listenerRules(settings);
    if (rules.length <= MAX_ROUTES) return [];
    const routes = rules.filter(({ answer }) => answer === undefined).length;
    const others = rules.length - routes;
    return [
        {
            path: routes > MAX_ROUTES || routes > others ? ["services"] : ["loadBalancer"],
            found: `${routes} routes${others === 0 ? "" : `, and ${others} redirects and answers`}`,
            allowed: `at most ${MAX_ROUTES}${others === 0 ? ", since a load balancer has no more target groups" : " together, AWS's default for the rules of a load balancer"}: the others in a stack of their own`,
        },
    ];
}

/** Requests go to one rule for sure: none takes all of what another one names, and none that meet stand side by side. */
export function routesReached({ settings }: Context): readonly Finding[] {
    const routed = listenerRules(settings).flatMap((rule): Routed[] =>
        // A rule with more is refused by itself, and would take long to compare.
        wildcards(rule.route) > MAX_WILDCARDS ? [] : [{ ...rule, requests: requestsOf(rule.route) }],
    );
    return routed.flatMap((rule, index) =>
        routed.slice(0, index).flatMap(other => {
            const [own, theirs] = [rule.ranked.level, other.ranked.level];
            const finding = sameRequests(other, rule) ?? (theirs === own ? undecided(other, rule) : undefined);
            if (finding !== undefined) return [finding];
            const shadowed = theirs < own ? unreached(other, rule) : unreached(rule, other);
            return shadowed === undefined ? [] : [shadowed];
        }),
    );
}

function sameRequests(other: Routed, { path, route, requests }: Routed): Finding | undefined {
    const same = requests.find(one => other.requests.some(theirs => isSame(theirs, one)));
    if (same === undefined) return undefined;
    const isWhole = JSON.stringify(sorted(route)) === JSON.stringify(sorted(other.route));
    return {
        path,
        found: isWhole ? `the route of ${other.called}` : `${requestsText(same)}, which ${other.called} has too`,
        allowed: "a host or path of its own",
        because: [path, other.path],
    };
}

/** Two routes that are as specific as each other, and meet. */
function undecided(other: Routed, { called, path, route, requests }: Routed): Finding | undefined {
    for (const one of requests) {
        const met = other.requests.find(theirs => meet(theirs, one));
        if (met === undefined) continue;
        return {
            path: [...path, "priority"],
            found: `${route.priority ?? "nothing"}, and no order: requests for both ${requestsText(one)} and ${requestsText(met)} of ${other.called}, neither more specific`,
            allowed: `a priority for the one of ${other.called} and ${called} that is to get them, ${route.priority === 1 ? "1, and a higher one or none for the other" : lower(route.priority)}`,
            because: [path, other.path],
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
            ? `${later.called} is no more specific than ${leastSpecific(later.route)}`
            : `${first.called} has priority ${first.route.priority}`;
    const order =
        first.route.priority === 1
            ? `1 for ${later.called} and a higher one or none for ${first.called}`
            : `for ${later.called}, ${lower(first.route.priority)}`;
    const lost = takenBy(later, first)?.lost;
    const both = [first, later].every(({ answer }) => answer === undefined) ? "a service" : "an entry";
    const remedy =
        lost === undefined
            ? `${later.answer === undefined ? "route.priority" : "priority"} ${order}, so that ${later.called} comes before ${first.called}`
            : `${both} of its own for one of the two, since ${later.called} before ${first.called} would take ${requestsText(lost)}`;
    return {
        path: later.path,
        found: `${requestsText(taken.lost)}, which never gets a request: ${first.called} comes first with ${requestsText(taken.by)}, since ${why}`,
        allowed: remedy,
        because: [first.path, later.path],
    };
}

function takenBy(first: Routed, later: Routed): { readonly lost: Requests; readonly by: Requests } | undefined {
    for (const lost of later.requests) {
        const by = first.requests.find(wide => takesAll(wide, lost));
        if (by !== undefined) return { lost, by };
    }
    return undefined;
}

function lower(priority: number | undefined): string {
    return priority === undefined ? "such as 1" : `lower than ${priority}`;
}

function isSame(a: Requests, b: Requests): boolean {
    const things = Object.keys(a);
    return things.length === Object.keys(b).length && things.every(thing => a[thing] === b[thing]);
}

function sorted(route: Route): unknown {
    const { hosts, paths } = conditions(route);
    // Their case does not matter, and methods are in capital letters anyway.
    const further = furtherConditions(route).map(({ of, name, values }) => [of, name, ...[...values].sort()].join("\n"));
    return [[...hosts].sort(), [...paths].sort(), further.map(one => one.toLowerCase()).sort()];
}
