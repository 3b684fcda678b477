import { z } from "zod";
import { MAX_CONDITION_VALUES, MAX_ORDER, MAX_WILDCARDS, conditions, wildcards } from "../model/routes";
import type { At, Context } from "./check";
import { integer, text } from "./forms";
import { Finding } from "./problems";
import type { ServiceSettings } from "./types";

/** A host name, or every name below one. ELB's own limit is 128 characters. */
const HOST_PATTERN = /^(?=.{1,128}$)(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const PATH_PATTERN = /^\/[\w$/."'@:+&~*?-]{0,127}$/;

export const routeSchema = z.strictObject({
    hosts: z
        .array(text(HOST_PATTERN, "a host name, such as shop.example.com or *.example.com"))
        .default([])
        .describe("Default: every host."),
    paths: z.array(text(PATH_PATTERN, "a path pattern, such as /api/*")).default(["/*"]).describe("Default: every path."),
    priority: integer(1, MAX_ORDER)
        .optional()
        .describe(
            "Order among routes: one with a priority is tried before all without, lower ones first, of equal ones the more specific. Default: the more specific first.",
        ),
});

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
    const { domain } = settings;
    if (domain?.zone === undefined) return [];
    const covered = (host: string) =>
        host === domain.name || (host.endsWith(`.${domain.name}`) && !host.slice(0, -domain.name.length - 1).includes("."));
    return (service.route?.hosts ?? []).flatMap((host, index) =>
        covered(host)
            ? []
            : [
                  {
                      path: at("route", "hosts", String(index)),
                      found: host,
                      allowed: `${domain.name} or one name below it, which is what the certificate covers`,
                      because: [["domain"]],
                  },
              ],
    );
}
