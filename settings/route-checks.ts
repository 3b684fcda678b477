import { MAX_CONDITION_VALUES, MAX_WILDCARDS, conditionCount, furtherConditions, wildcards } from "../model/conditions";
import { looksSecret } from "../model/plain-secrets";
import { GRPC_HEALTH_PATH } from "../model/protocol";
import type { Route } from "../model/routes";
import type { At, Context } from "./check";
import { answersTo } from "./domain";
import type { Finding } from "./problems";
import type { ServiceSettings, Settings } from "./types";

export function conditionValues({ route }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    return route === undefined ? [] : tooMuch(route, at("route"));
}

/** What no listener rule can hold. */
export function tooMuch(route: Route, path: readonly string[]): readonly Finding[] {
    const what = furtherConditions(route).length > 0 ? "conditions" : "hosts and paths";
    const findings: Finding[] = [];
    const count = conditionCount(route);
    if (count > MAX_CONDITION_VALUES)
        findings.push({
            path,
            found: `${count} ${what === "conditions" ? "values in all conditions together" : what}`,
            allowed: `at most ${MAX_CONDITION_VALUES}, a limit of listener rules`,
        });
    if (wildcards(route) > MAX_WILDCARDS)
        findings.push({
            path,
            found: `${wildcards(route)} wildcards in ${what}`,
            allowed: `at most ${MAX_WILDCARDS} of * and ?, a limit of listener rules`,
        });
    return findings;
}

/** What a header or a query is compared with, everybody may read who may look at the load balancer. */
export function openConditions({ route }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    return furtherConditions(route ?? { hosts: [], paths: [] }).flatMap(({ of, name, values }) => {
        const key = of === "header" ? "headers" : "query";
        if (!values.some(value => looksSecret(name, value))) return [];
        const allowed =
            "what everybody may know: whoever may look at the load balancer reads it. Let the application ask for secrets";
        return [{ path: at("route", key, name), found: "what looks like a secret in plain text (not shown)", allowed }];
    });
}

/** Names that are one to the load balancer. */
export function namesOnce({ route }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    return (["headers", "query"] as const).flatMap(key => {
        const names = Object.keys(route?.[key] ?? {});
        const lower = names.map(name => name.toLowerCase());
        return names
            .filter((_name, index) => lower.indexOf(lower[index] ?? "") < index)
            .map(name => ({ path: at("route", key, name), found: name, allowed: "each name once, in whatever case" }));
    });
}

/** A gRPC method: `/package.Service/Method`. */
const GRPC_METHOD = /^\/[\w.]+\/\w+$/;

/** Elastic Load Balancing user guide, "Target groups", protocol version. */
export function protocols({ route, health }: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    const { protocol = "http1", methods = [] } = route ?? {};
    if (protocol === "http1") return [];
    const findings: Finding[] = [];
    if (settings.domain === undefined)
        findings.push({
            path: at("route", "protocol"),
            found: protocol,
            allowed: `http1; ${protocol} needs a domain, since the load balancer takes it over HTTPS alone`,
            because: [["domain"]],
        });
    if (protocol !== "grpc") return findings;
    if (!GRPC_METHOD.test(health.path))
        findings.push({
            path: at("health", "path"),
            found: health.path,
            allowed: `a gRPC method that answers OK, such as /grpc.health.v1.Health/Check; without one ${GRPC_HEALTH_PATH}, which no server has`,
        });
    if (methods.some(method => method !== "POST"))
        findings.push({
            path: at("route", "methods"),
            found: methods.join(", "),
            allowed: "nothing, or POST alone: gRPC knows no other",
        });
    return findings;
}

export function hostsOfDomain({ route }: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    return uncovered(route?.hosts ?? [], settings, at("route"));
}

/** Hosts that the stack's own certificate does not name. */
export function uncovered(
    hosts: readonly string[],
    { domain, loadBalancer }: Settings,
    path: readonly string[],
): readonly Finding[] {
    // Which names a further certificate has is not known.
    if (domain?.zone === undefined || loadBalancer?.certificateArns !== undefined) return [];
    const others = (domain.otherNames ?? []).map(other => `, ${other}`).join("");
    return hosts.flatMap((host, index) =>
        answersTo(domain, host)
            ? []
            : [
                  {
                      path: [...path, "hosts", String(index)],
                      found: host,
                      allowed: `${domain.name} or one name below it${others}, which is what the certificate covers`,
                      because: [["domain"]],
                  },
              ],
    );
}
