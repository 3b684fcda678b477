import { targetOf } from "../../model/answers";
import { furtherConditions, requestsOf, takesAll } from "../../model/conditions";
import type { Protocol } from "../../model/protocol";
import type { ServiceSettings, Settings } from "../../settings";
import { listenerRules } from "../../settings/listener-rules";

/** What is asked of one service through the load balancer. */
export interface Target {
    readonly service: string;
    /** Connected to: the load balancer. */
    readonly address: URL;
    /** Asked for: decides which listener rule answers, and which certificate. */
    readonly host: string;
    /** With what the route wants of the query. */
    readonly path: string;
    readonly method: string;
    /** What the route wants of headers. */
    readonly headers: Readonly<Record<string, string>>;
    readonly protocol: Protocol;
    /** Whether the path is the one that a healthy task answers well; elsewhere an error of the service's own says that it is reached. */
    readonly isHealthPath: boolean;
}

/** Methods that change nothing, the one that is asked first. */
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * One request per routed service: at its health path where its route leads there, else where its route does lead; one that no other rule takes before,
 * where there is one. None for a service whose route takes only what may change something.
 */
export function smokeTargets(settings: Pick<Settings, "services" | "loadBalancer">, url: string): Target[] {
    const rules = listenerRules(settings);
    const address = new URL(url);
    // A route without hosts takes these too, which a redirect of the address's own name sends people to.
    const otherHosts = (settings.loadBalancer?.redirects ?? []).flatMap(redirect => targetOf(redirect).host ?? []);
    return settings.services.flatMap(service => {
        const own = rules.find(({ name, answer }) => answer === undefined && name === service.name);
        if (own === undefined) return [];
        const before = rules.filter(rule => rule.ranked.level < own.ranked.level).flatMap(({ route }) => requestsOf(route));
        const candidates = candidatesOf(service, address, otherHosts);
        const free = candidates.find(
            target => !before.some(one => requestsOf(conditionsOf(target)).some(it => takesAll(one, it))),
        );
        return free ?? candidates[0] ?? [];
    });
}

function candidatesOf({ name, route, health }: ServiceSettings, address: URL, otherHosts: readonly string[]): Target[] {
    if (route === undefined) return [];
    const { protocol = "http1" } = route;
    const method = protocol === "grpc" ? "POST" : SAFE_METHODS.find(safe => route.methods?.includes(safe) ?? true);
    if (method === undefined) return [];
    const further = furtherConditions(route).map(({ of, name, values }) => ({ of, name, value: filled(values[0] ?? "", "x") }));
    const headers = Object.fromEntries(further.flatMap(({ of, name, value }) => (of === "header" ? [[name, value]] : [])));
    const query = further.flatMap(({ of, name, value }) =>
        of === "query" ? [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`] : [],
    );
    const withQuery = (path: string) =>
        query.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${query.join("&")}`;
    const isHealthRouted = route.paths.some(pattern => matches(pattern, health.path));
    const paths = [
        ...(isHealthRouted ? [{ path: health.path, isHealthPath: true }] : []),
        ...route.paths.map(pattern => ({ path: filled(pattern, ""), isHealthPath: false })),
    ];
    const hosts =
        route.hosts.length === 0 ? [address.hostname, ...otherHosts] : route.hosts.map(host => filled(host, "smoke-test"));
    return paths.flatMap(({ path, isHealthPath }) =>
        hosts.map(host => ({
            ...{ service: name, address, host, path: withQuery(path), isHealthPath },
            ...{ method, headers, protocol },
        })),
    );
}

function conditionsOf({ host, path, method, headers }: Target) {
    const [place = "", query = ""] = path.split("?", 2);
    return {
        hosts: [host],
        paths: [place],
        methods: [method],
        headers: listed(Object.entries(headers)),
        query: listed([...new URLSearchParams(query)]),
    };
}

function listed(entries: readonly (readonly [string, string])[]): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(entries.map(([name, value]) => [name, [value]]));
}

/** ELB's patterns: `*` stands for any characters, `?` for one. */
function matches(pattern: string, path: string): boolean {
    const expression = pattern
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".");
    return new RegExp(`^${expression}$`).test(path.split("?", 1)[0] ?? "");
}

function filled(pattern: string, filler: string): string {
    return pattern.replace(/\*/g, filler).replace(/\?/g, "x");
}
