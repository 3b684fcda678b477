import { AnswerRule, Redirect, answerRules, targetOf } from "../model/answers";
import { MAX_WILDCARDS, Requests, meet, requestsOf, requestsText, takesAll, wildcards } from "../model/conditions";
import { logicalName } from "../model/names";
import { covers } from "../model/patterns";
import type { Ranked } from "../model/priorities";
import { Route, ranked } from "../model/routes";
import type { Context } from "./check";
import type { Finding, KeyPath } from "./problems";
import { tooMuch, uncovered } from "./route-checks";
import type { Settings } from "./types";

/** A rule of the listener: a service's, or one of the load balancer's own. */
export interface ListenerRule {
    /** The service's name, or the logical name of a rule of the load balancer's own. */
    readonly name: string;
    /** Of the listener rule. */
    readonly logicalName: string;
    /** As messages call it. */
    readonly called: string;
    readonly path: KeyPath;
    readonly route: Route;
    readonly ranked: Ranked;
    readonly answer?: AnswerRule;
}

/** In the order of the stack's file: services by name, then redirects and answers. */
export function listenerRules({ services, loadBalancer }: Pick<Settings, "services" | "loadBalancer">): readonly ListenerRule[] {
    return [
        ...services.flatMap(({ name, route }) =>
            route === undefined
                ? []
                : [
                      {
                          ...{ name, logicalName: logicalName.listenerRule(logicalName.target(name), route.protocol) },
                          ...{ called: name, path: ["services", name, "route"], route, ranked: ranked(name, route) },
                      },
                  ],
        ),
        ...answerRules(loadBalancer).map(answer => {
            const { logicalName: name, section, index, route } = answer;
            const path = ["loadBalancer", section, String(index)];
            return {
                name,
                logicalName: name,
                called: `loadBalancer.${section}[${index}]`,
                path,
                route,
                ranked: ranked(name, route),
                answer,
            };
        }),
    ];
}

/** What a redirect or an answer can be by itself. */
export function eachAnswer({ settings }: Context): readonly Finding[] {
    return answerRules(settings.loadBalancer).flatMap(({ section, index, route }) => {
        const path = ["loadBalancer", section, String(index)];
        return [...tooMuch(route, path), ...uncovered(route.hosts, settings, path)];
    });
}

/** A load balancer is there for a service's route. */
export function answersHaveAListener({ settings: { services, loadBalancer } }: Context): readonly Finding[] {
    const [first] = answerRules(loadBalancer);
    if (first === undefined || services.some(({ route }) => route !== undefined)) return [];
    const allowed = "a service with a route beside it: without one the stack has no load balancer";
    return [{ path: ["loadBalancer", first.section], found: "no service with a route", allowed, because: [["services"]] }];
}

/** Nobody is sent round in a circle. */
export function redirectsEnd({ settings }: Context): readonly Finding[] {
    const rules = listenerRules(settings)
        // A rule with more is refused by itself, and would take long to compare.
        .filter(({ route }) => wildcards(route) <= MAX_WILDCARDS)
        .sort((a, b) => a.ranked.level - b.ranked.level);
    return rules.flatMap(rule => {
        const starts = isRedirect(rule.route) ? requestsOf(rule.route) : [];
        const loop = starts.find(start => returns(start, rule, rules, settings.domain));
        if (loop === undefined) return [];
        const allowed = "a target that no redirect takes back: another host, or a path that is not among its own";
        return [{ path: [...rule.path, "to"], found: `a circle, for ${requestsText(loop)}`, allowed, because: [rule.path] }];
    });
}

/** Whether requests come back to the redirect that they began with. Where they leave, go on to a service, or nobody is sure, they do not. */
function returns(start: Requests, first: ListenerRule, rules: readonly ListenerRule[], domain: Settings["domain"]): boolean {
    const isOurs = (host: string) =>
        (domain !== undefined && [domain.name, ...(domain.otherNames ?? [])].some(name => `.${host}`.endsWith(`.${name}`))) ||
        rules.some(({ route }) => route.hosts.some(one => covers(one, host)));
    let [requests, rule] = [start, first];
    for (let hops = 0; hops <= rules.length && isRedirect(rule.route); hops++) {
        const { host } = requests;
        requests = sentOn(requests, rule.route);
        if (requests.host !== host && !isOurs(requests.host)) return false;
        const next = rules.find(({ route }) => requestsOf(route).some(one => meet(one, requests)));
        if (next === undefined || !requestsOf(next.route).some(one => takesAll(one, requests))) return false;
        if (next === first) return true;
        rule = next;
    }
    return false;
}

function sentOn(requests: Requests, redirect: Redirect): Requests {
    const { host = requests.host, path = requests.path } = targetOf(redirect);
    const own = path.replaceAll("#{host}", requests.host).replaceAll("#{path}", requests.path.replace(/^\//, ""));
    // One that names its path twice would grow with each hop, and take long to compare.
    const isShort = wildcards({ hosts: [], paths: [own] }) <= MAX_WILDCARDS && own.length <= requests.path.length + 128;
    return { ...requests, host: host.toLowerCase(), path: isShort ? own : path.replaceAll(/#\{\w+\}/g, "*") };
}

function isRedirect(route: Route): route is Redirect {
    return "to" in route;
}
