import * as path from "node:path";
import type { Parsed, ParsedService } from "./service";
import type { NetworkSettings, ScalingSettings, ServiceSettings, Settings } from "./types";

/** What the two profiles choose where a key is not set. */
const PROFILES = {
    development: {
        zones: 2,
        endpointZones: 1,
        tasks: 1,
        scalingMin: 1,
        spotPercent: 100,
        health: { intervalSeconds: 5, timeoutSeconds: 4 },
        logRetentionDays: 7,
        containerInsights: "disabled",
        deletionProtection: false,
    },
    production: {
        zones: 3,
        endpointZones: Infinity,
        tasks: {},
        scalingMin: 2,
        spotPercent: 0,
        health: { intervalSeconds: 10, timeoutSeconds: 5 },
        logRetentionDays: 365,
        containerInsights: "enhanced",
        deletionProtection: true,
    },
} as const;

const SCALING_MAX = 10;
const SCALING_CPU_PERCENT = 60;

type Profile = (typeof PROFILES)[keyof typeof PROFILES];

/** Fills in everything that the configuration leaves to its profile. */
export function withDefaults(parsed: Parsed): Omit<Settings, "project" | "stack" | "region" | "aws"> {
    const profile = PROFILES[parsed.profile];
    return {
        profile: parsed.profile,
        network: network(parsed.network, profile),
        domain: parsed.domain as Settings["domain"],
        deletionProtection: parsed.deletionProtection ?? profile.deletionProtection,
        containerInsights: parsed.containerInsights ?? profile.containerInsights,
        logRetentionDays: parsed.logRetentionDays ?? profile.logRetentionDays,
        permissionsBoundary: parsed.permissionsBoundary,
        tags: parsed.tags,
        usage: parsed.usage,
        budget: parsed.budget,
        policyExceptions: parsed.policyExceptions,
        services: Object.keys(parsed.services)
            .sort()
            .flatMap(name => {
                const service = parsed.services[name];
                return service === undefined ? [] : [withServiceDefaults(name, service, ownValue(parsed.images, name), profile)];
            }),
    };
}

function network(given: Parsed["network"], profile: Profile): NetworkSettings {
    if ("vpcId" in given) {
        const endpointZones = Math.min(given.endpointZones ?? profile.endpointZones, given.privateSubnetIds.length);
        return { kind: "existing", ...given, privateRouteTableIds: given.privateRouteTableIds ?? [], endpointZones };
    }
    const zoneCount = given.zones?.length ?? profile.zones;
    return {
        kind: "created",
        ...given,
        zoneCount,
        endpointZones: Math.min(given.endpointZones ?? profile.endpointZones, zoneCount),
    };
}

function withServiceDefaults(
    name: string,
    given: ParsedService,
    builtByCi: string | undefined,
    profile: Profile,
): ServiceSettings {
    const { build, image, tasks, scaling, health, ...rest } = given;
    const intervalSeconds = health.intervalSeconds ?? profile.health.intervalSeconds;
    return {
        ...rest,
        name,
        build: build && { ...build, dockerfile: build.dockerfile ?? path.join(build.context, "Dockerfile") },
        image: builtByCi ?? image,
        tasks:
            tasks ??
            (scaling === undefined && typeof profile.tasks === "number"
                ? profile.tasks
                : withScalingDefaults(scaling ?? {}, profile)),
        spotPercent: given.spotPercent ?? profile.spotPercent,
        health: {
            ...health,
            intervalSeconds,
            timeoutSeconds: health.timeoutSeconds ?? Math.min(profile.health.timeoutSeconds, intervalSeconds - 1),
        },
    };
}

function withScalingDefaults(given: NonNullable<ParsedService["scaling"]>, profile: Profile): ScalingSettings {
    const hasTarget = [given.cpuPercent, given.memoryPercent, given.requestsPerTarget].some(target => target !== undefined);
    return {
        ...given,
        min: given.min ?? Math.min(profile.scalingMin, given.max ?? SCALING_MAX),
        max: given.max ?? Math.max(SCALING_MAX, given.min ?? 0),
        cpuPercent: given.cpuPercent ?? (hasTarget ? undefined : SCALING_CPU_PERCENT),
    };
}

/** A service may be called like a property that every object has, such as `constructor`. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
    return Object.hasOwn(record, name) ? record[name] : undefined;
}
