import { answerText } from "../../model/answers";
import { conditions, furtherConditions, furtherText } from "../../model/conditions";
import type { Settings } from "../../settings";
import { listenerRules } from "../../settings/listener-rules";
import { colours as pc } from "../cli/colours";
import type { Resource } from "../inventory/resource";
import { LISTENER_RULE } from "../inventory/types/elb";

/** What the load balancer sends to a service, or answers by itself. */
export interface PlannedRoute {
    /** Absent where no service gets it. */
    readonly service?: string;
    /** Of the load balancer's own: `301 to shop.example.com`. Absent where a service gets it. */
    readonly answer?: string;
    /** None: every host. */
    readonly hosts: readonly string[];
    /** None: every path. */
    readonly paths: readonly string[];
    /** Conditions beside them, such as `GET` and `X-Api-Version: 2`. */
    readonly further?: readonly string[];
    /** Of the listener rule in a new stack; rules that exist keep theirs. */
    readonly priority: number;
}

/** In the order in which the load balancer tries them. */
export function plannedRoutes(resources: readonly Resource[], settings: Settings): PlannedRoute[] {
    const declared = new Map(resources.filter(({ type }) => type === LISTENER_RULE).map(({ name, inputs }) => [name, inputs]));
    return listenerRules(settings)
        .flatMap(({ name, logicalName, route, answer }): PlannedRoute[] => {
            const rule = declared.get(logicalName);
            if (rule === undefined) return [];
            const further = furtherConditions(route).map(furtherText);
            return [
                {
                    ...(answer === undefined ? { service: name } : { answer: answerText(answer.route) }),
                    ...conditions(route),
                    ...(further.length > 0 && { further }),
                    priority: Number(rule["priority"]),
                },
            ];
        })
        .sort((a, b) => a.priority - b.priority);
}

/** Nothing where there is no order to tell. */
export function routeLines(routes: readonly PlannedRoute[]): string[] {
    if (routes.length < 2) return [];
    const named = routes.map(route => ({ ...route, name: route.service ?? route.answer ?? "" }));
    const width = Math.max(...named.map(({ name }) => name.length));
    return [
        "",
        pc.bold("A request goes to the first of these that matches it"),
        ...named.map(
            ({ name, hosts, paths, further = [] }) =>
                `  ${name.padEnd(width)}  ${[hosts, paths, further].map(shown).filter(Boolean).join("  ")}`,
        ),
    ];
}

function shown(values: readonly string[]): string {
    return values.join(", ");
}
