import { z } from "zod";
import {
    MAX_CONDITION_VALUES,
    MAX_PRIORITY,
    MAX_WILDCARDS,
    RESERVED_PRIORITIES,
    conditions,
    rulePriority,
} from "../model/routes";
import type { At, Context } from "./check";
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
    priority: integer(1, RESERVED_PRIORITIES)
        .optional()
        .describe(
            `Of the listener rule; lower ones come first. Default: by how specific the route is, from ${RESERVED_PRIORITIES + 1} to ${MAX_PRIORITY}.`,
        ),
});

function pathFault(found: string): string {
    const what = "a path pattern of at most 128 characters that starts with / or *, such as /api/*";
    return /^https?:/.test(found) ? `${what}; the host is one of hosts` : without(/[\w$/."'@:+&~*?-]/, what)(found);
}

export function conditionValues(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (service.route === undefined) return [];
    const { hosts, paths } = conditions(service.route);
    const count = hosts.length + paths.length;
    const wildcards = [...hosts, ...paths].join("").replaceAll(/[^*?]/g, "").length;
    const told = (found: string, most: number): Finding => ({
        path: at("route"),
        found,
        allowed: `at most ${most}, a limit of listener rules`,
    });
    return [
        ...(count > MAX_CONDITION_VALUES ? [told(`${count} hosts and paths`, MAX_CONDITION_VALUES)] : []),
        ...(wildcards > MAX_WILDCARDS ? [told(`${wildcards} times * or ?`, MAX_WILDCARDS)] : []),
    ];
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

export function sameRoute({ settings }: Context): readonly Finding[] {
    const routed = settings.services.flatMap(({ name, route }) => (route === undefined ? [] : [{ name, route }]));
    return routed.flatMap(({ name, route }, index) =>
        routed.slice(0, index).flatMap(other => {
            const because = [
                ["services", name, "route"],
                ["services", other.name, "route"],
            ];
            if (JSON.stringify(sorted(conditions(route))) === JSON.stringify(sorted(conditions(other.route)))) {
                return [
                    {
                        path: ["services", name, "route"],
                        found: `the route of ${other.name}`,
                        allowed: "a host or path of its own",
                        because,
                    },
                ];
            }
            if (rulePriority(name, route) !== rulePriority(other.name, other.route)) return [];
            const found = `priority ${rulePriority(name, route)}, which ${other.name} has too`;
            return [
                {
                    path: ["services", name, "route", "priority"],
                    found,
                    allowed: "another route.priority for one of the two",
                    because,
                },
            ];
        }),
    );
}

function sorted({ hosts, paths }: ReturnType<typeof conditions>): unknown {
    return [[...hosts].sort(), [...paths].sort()];
}
