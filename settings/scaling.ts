import { z } from "zod";
import type { At, Context } from "./check";
import { integer } from "./forms";
import type { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { ScalingSettings, ServiceSettings } from "./types";

export const scalingSchema = z.strictObject({
    // Without tasks there is no load to follow, and the service would stay at none.
    min: integer(1, 5000).optional().describe("Fewest tasks. Default: 1 (development), 2 (production)."),
    max: integer(1, 5000).optional().describe("Most tasks. Default: 10."),
    cpuPercent: integer(1, 100).optional().describe("Average CPU to keep. Default: 60, unless another target is given."),
    memoryPercent: integer(1, 100).optional().describe("Average memory to keep."),
    requestsPerTarget: integer(1, 1_000_000).optional().describe("Requests a minute and task to keep; needs a route."),
});

const SCALING_MAX = 10;
const SCALING_CPU_PERCENT = 60;

export function withScalingDefaults(given: z.output<typeof scalingSchema>, profile: Profile): ScalingSettings {
    const hasTarget = [given.cpuPercent, given.memoryPercent, given.requestsPerTarget].some(target => target !== undefined);
    return {
        ...given,
        min: given.min ?? Math.min(profile.scalingMin, given.max ?? SCALING_MAX),
        max: given.max ?? Math.max(SCALING_MAX, given.min ?? 0),
        cpuPercent: given.cpuPercent ?? (hasTarget ? undefined : SCALING_CPU_PERCENT),
    };
}

interface Parsed {
    readonly services: Readonly<Record<string, { readonly tasks?: unknown; readonly scaling?: z.output<typeof scalingSchema> }>>;
}

export function taskNumbers(service: ServiceSettings, { parsed }: Context<Parsed>, at: At): readonly Finding[] {
    const given = parsed.services[service.name];
    const findings: Finding[] = [];
    if (given?.tasks !== undefined && given.scaling !== undefined) {
        findings.push({ path: at("tasks"), found: "tasks and scaling", allowed: "one of the two" });
    }
    // As it is written: where `tasks` stands beside it, it would count for nothing. A default alone is never above another.
    const { min, max, requestsPerTarget } = given?.scaling ?? {};
    if (min !== undefined && max !== undefined && min > max)
        findings.push({
            path: at("scaling", "min"),
            found: String(min),
            allowed: `at most max, which is ${max}`,
            because: [at("scaling", "max")],
        });
    if (requestsPerTarget !== undefined && service.route === undefined) {
        findings.push({
            path: at("scaling", "requestsPerTarget"),
            found: String(requestsPerTarget),
            allowed: "only with a route, since the load balancer counts requests",
            because: [at("route")],
        });
    }
    return findings;
}
