import { z } from "zod";
import { MAX_CONDITION_VALUES, MAX_PRIORITY, RESERVED_PRIORITIES, conditions, rulePriority } from "../model/routes";
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
    priority: integer(1, RESERVED_PRIORITIES)
        .optional()
        .describe(
            `Of the listener rule; lower ones come first. Default: by how specific the route is, from ${RESERVED_PRIORITIES + 1} to ${MAX_PRIORITY}.`,
        ),
});

export function conditionValues(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (service.route === undefined) return [];
    const { hosts, paths } = conditions(service.route);
    const count = hosts.length + paths.length;
    if (count <= MAX_CONDITION_VALUES) return [];
    return [
        {
            path: at("route"),
            found: `${count} hosts and paths`,
            allowed: `at most ${MAX_CONDITION_VALUES}, a limit of listener rules`,
        },
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
