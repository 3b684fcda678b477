import { logicalName } from "../../model/names";
import { conditions } from "../../model/routes";
import type { ServiceSettings } from "../../settings";
import { colours as pc } from "../cli/colours";
import type { Resource } from "../inventory/resource";
import { LISTENER_RULE } from "../inventory/types/elb";

/** What the load balancer sends to a service. */
export interface PlannedRoute {
    readonly service: string;
    /** None: every host. */
    readonly hosts: readonly string[];
    /** None: every path. */
    readonly paths: readonly string[];
    /** Of the listener rule in a new stack; rules that exist keep theirs. */
    readonly priority: number;
}

/** In the order in which the load balancer tries them. */
export function plannedRoutes(resources: readonly Resource[], services: readonly ServiceSettings[]): PlannedRoute[] {
    const rules = new Map(resources.filter(({ type }) => type === LISTENER_RULE).map(({ name, inputs }) => [name, inputs]));
    return services
        .flatMap(({ name, route }) => {
            const rule = rules.get(logicalName.listenerRule(logicalName.target(name)));
            if (route === undefined || rule === undefined) return [];
            return [{ service: name, ...conditions(route), priority: Number(rule["priority"]) }];
        })
        .sort((a, b) => a.priority - b.priority);
}

/** Nothing where there is no order to tell. */
export function routeLines(routes: readonly PlannedRoute[]): string[] {
    if (routes.length < 2) return [];
    const width = Math.max(...routes.map(({ service }) => service.length));
    return [
        "",
        pc.bold("A request goes to the first of these that matches it"),
        ...routes.map(
            ({ service, hosts, paths }) => `  ${service.padEnd(width)}  ${[hosts, paths].map(shown).filter(Boolean).join("  ")}`,
        ),
    ];
}

function shown(values: readonly string[]): string {
    return values.join(", ");
}
