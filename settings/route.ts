import { z } from "zod";
import { MAX_CONDITION_VALUES, MAX_ORDER, MAX_WILDCARDS, conditions, wildcards } from "../model/routes";
import type { At, Context } from "./check";
import { answersTo } from "./domain";
import { integer, once, text, without } from "./forms";
import { hostPattern } from "./hosts";
import { Finding } from "./problems";
import type { ServiceSettings } from "./types";

/** Elastic Load Balancing's for `path-pattern`; case matters there. */
const PATH_PATTERN = /^[/*][\w$/."'@:+&~*?-]{0,127}$/;

export const routeSchema = z.strictObject({
    hosts: once(z.array(hostPattern), "host").default([]).describe("Default: every host."),
    paths: once(z.array(text(PATH_PATTERN, pathFault)), "path")
        .default(["/*"])
        .describe("Default: every path."),
    priority: integer(1, MAX_ORDER)
        .optional()
        .describe(
            "Order among routes: one with a priority is tried before all without, lower ones first, of equal ones the more specific. Default: the more specific first.",
        ),
});

function pathFault(found: string): string {
    const what = "a path pattern of at most 128 characters that starts with / or *, such as /api/*";
    return /^https?:/.test(found) ? `${what}; the host is one of hosts` : without(/[\w$/."'@:+&~*?-]/, what)(found);
}

export function conditionValues(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (service.route === undefined) return [];
    const { hosts, paths } = conditions(service.route);
    const findings: Finding[] = [];
    const count = hosts.length + paths.length;
    if (count > MAX_CONDITION_VALUES)
        findings.push({
            path: at("route"),
            found: `${count} hosts and paths`,
            allowed: `at most ${MAX_CONDITION_VALUES}, a limit of listener rules`,
        });
    if (wildcards(service.route) > MAX_WILDCARDS)
        findings.push({
            path: at("route"),
            found: `${wildcards(service.route)} wildcards in hosts and paths`,
            allowed: `at most ${MAX_WILDCARDS} of * and ?, a limit of listener rules`,
        });
    return findings;
}

export function hostsOfDomain(service: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    const { domain, loadBalancer } = settings;
    // Which names a further certificate has is not known.
    if (domain?.zone === undefined || loadBalancer?.certificateArns !== undefined) return [];
    return (service.route?.hosts ?? []).flatMap((host, index) =>
        answersTo(domain, host)
            ? []
            : [
                  {
                      path: at("route", "hosts", String(index)),
                      found: host,
                      allowed: `${domain.name} or one name below it${(domain.otherNames ?? []).map(other => `, ${other}`).join("")}, which is what the certificate covers`,
                      because: [["domain"]],
                  },
              ],
    );
}
