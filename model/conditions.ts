import { covers, overlap } from "./patterns";

/** What a request must be like for a listener rule: all that is named must hold, and of several values of one thing a single one. */
export interface Conditions {
    /** Patterns; none: every host. */
    readonly hosts: readonly string[];
    /** Patterns; none: every path. */
    readonly paths: readonly string[];
    /**
     * Patterns by the header's name.
     *
     * @default whatever headers there are
     */
    readonly headers?: Readonly<Record<string, readonly string[]>>;
    /**
     * In capital letters.
     *
     * @default every method
     */
    readonly methods?: readonly string[];
    /**
     * Patterns by the parameter's name.
     *
     * @default whatever the query is
     */
    readonly query?: Readonly<Record<string, readonly string[]>>;
}

/** Limits by Elastic Load Balancing on all conditions of one rule together, which no quota raises. */
export const MAX_CONDITION_VALUES = 5;
export const MAX_WILDCARDS = 6;

/** `/*` alone is no condition: it matches every path. */
export function pathConditions({ paths }: Conditions): readonly string[] {
    return paths.includes("/*") ? [] : paths;
}

/** Hosts and paths as a rule has them. It needs one condition at least; what matches everything carries the path. */
export function conditions(of: Conditions): { readonly hosts: readonly string[]; readonly paths: readonly string[] } {
    const paths = pathConditions(of);
    const isAll = of.hosts.length === 0 && paths.length === 0 && furtherConditions(of).length === 0;
    return { hosts: of.hosts, paths: isAll ? ["/*"] : paths };
}

/** A condition beside hosts and paths. */
export interface FurtherCondition {
    readonly of: "header" | "method" | "query";
    /** Of the header or parameter, as it is written; nothing for methods. */
    readonly name: string;
    readonly values: readonly string[];
}

export function furtherConditions({ headers = {}, methods, query = {} }: Conditions): readonly FurtherCondition[] {
    return [
        ...(methods === undefined ? [] : [{ of: "method" as const, name: "", values: methods }]),
        ...Object.entries(headers).map(([name, values]) => ({ of: "header" as const, name, values })),
        ...Object.entries(query).map(([name, values]) => ({ of: "query" as const, name, values })),
    ];
}

/** For people: `GET or HEAD`, `X-Api-Version: 2`, `beta=1`. */
export function furtherText({ of, name, values }: FurtherCondition): string {
    const before = { method: "", header: `${name}: `, query: `${name}=` }[of];
    return `${before}${values.join(" or ")}`;
}

/** As Elastic Load Balancing is told. */
export function listenerConditions(of: Conditions) {
    const { hosts, paths } = conditions(of);
    return [
        ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
        ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
        ...furtherConditions(of).map(further => {
            const values = [...further.values];
            switch (further.of) {
                case "method":
                    return { httpRequestMethod: { values } };
                case "header":
                    return { httpHeader: { httpHeaderName: further.name, values } };
                case "query":
                    return { queryStrings: values.map(value => ({ key: further.name, value })) };
            }
        }),
    ];
}

export function conditionCount(of: Conditions): number {
    const { hosts, paths } = conditions(of);
    return hosts.length + paths.length + furtherConditions(of).flatMap(({ values }) => values).length;
}

/** `*` and `?` in all conditions together. */
export function wildcards(of: Conditions): number {
    const { hosts, paths } = conditions(of);
    const further = furtherConditions(of).flatMap(({ values }) => values);
    return [...hosts, ...paths, ...further].join("").replaceAll(/[^*?]/g, "").length;
}

/** Some of a rule's requests: one pattern of each thing that it looks at, in lower case where case does not matter. */
export interface Requests {
    readonly host: string;
    readonly path: string;
    /** `method`, `header <name>` and `query <name>`; absent where the rule does not look. */
    readonly [further: string]: string;
}

/** All of a rule's requests: each of its hosts with each of its paths, and so on. */
export function requestsOf(of: Conditions): readonly Requests[] {
    const { hosts, paths } = of;
    const [anyHost, anyPath] = [hosts.length === 0 ? ["*"] : hosts, paths.length === 0 ? ["/*"] : paths];
    const places = anyHost.flatMap(host => anyPath.map((path): Requests => ({ host: host.toLowerCase(), path })));
    return furtherConditions(of).reduce(
        (all, { of: thing, name, values }) =>
            all.flatMap(one =>
                values.map(value =>
                    thing === "method"
                        ? { ...one, method: value }
                        : { ...one, [`${thing} ${name.toLowerCase()}`]: value.toLowerCase() },
                ),
            ),
        places,
    );
}

/** Whether every request of `narrow` is one of `wide`. */
export function takesAll(wide: Requests, narrow: Requests): boolean {
    return Object.entries(wide).every(([thing, pattern]) => {
        const other = narrow[thing];
        return other !== undefined && covers(pattern, other);
    });
}

/** Whether a request may be one of both. One that has a header or parameter twice, with two values, is told apart by neither, and left out. */
export function meet(a: Requests, b: Requests): boolean {
    return Object.entries(a).every(([thing, pattern]) => {
        const other = b[thing];
        return other === undefined || overlap(pattern, other);
    });
}

/** For people: `GET shop.example.com/api/*?beta=1 with x-version: 2`. */
export function requestsText({ host, path, method, ...further }: Requests): string {
    const of = (thing: string, between: string) =>
        Object.entries(further).flatMap(([key, value]) =>
            key.startsWith(`${thing} `) ? [`${key.slice(thing.length + 1)}${between}${value}`] : [],
        );
    const [query, headers] = [of("query", "="), of("header", ": ")];
    return [
        method === undefined ? "" : `${method} `,
        host === "*" ? path : `${host}${path}`,
        query.length === 0 ? "" : `?${query.join("&")}`,
        headers.length === 0 ? "" : ` with ${headers.join(" and ")}`,
    ].join("");
}
