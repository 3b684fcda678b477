import { z } from "zod";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import type { Context } from "./check";
import { healthCommand } from "./container";
import { integer, text, without } from "./forms";
import type { imagesSchema } from "./images";
import { Finding } from "./problems";
import type { Profile } from "./profiles";
import { GRPC_HEALTH_PATH } from "../model/protocol";
import { releaseSchema } from "./release";
import { routeSchema } from "./route";
import { scalingSchema, withScalingDefaults } from "./scaling";
import { buildWithDefaults, imageWithDefaults, taskKeys } from "./task";
import type { ServiceSettings } from "./types";

/** Target groups take these in `HealthCheckPath`, of at most 1024 characters; all else can be written with %. */
const HEALTH_PATH = /^\/[A-Za-z0-9@:%_+.~#?&/=-]{0,1023}$/;

const health = z.strictObject({
    path: text(HEALTH_PATH, without(/[A-Za-z0-9@:%_+.~#?&/=-]/, "a path that starts with /, at most 1024 characters"))
        .default("/")
        .describe(
            "Answered with 200 to 399 by a healthy task; needs a route to be asked. With gRPC a method that answers OK, or a default that no server has.",
        ),
    command: healthCommand.optional().describe("The container's own check, run inside it."),
    gracePeriodSeconds: integer(0, 2_147_483_647, " seconds")
        .default(30)
        .describe("Time to start before a failed check counts, in seconds."),
    intervalSeconds: integer(5, 300, " seconds").optional().describe("Default: 5 (development), 10 (production) seconds."),
    timeoutSeconds: integer(2, 60, " seconds")
        .optional()
        .describe("Less than the interval. Default: 4 (development), 5 (production) seconds."),
});

const spot = z.strictObject({
    percent: integer(1, 100, " percent").describe("Share of the tasks beyond the base that is on Fargate Spot."),
    // As many as a service has; ECS API reference, `CapacityProviderStrategyItem`.
    base: integer(1, 5000, " tasks").optional().describe("The first tasks, which run on demand. Default: none."),
});

const service = z.strictObject({
    ...taskKeys,
    port: integer(1, 65_535).optional().describe("Port that the container listens on; needed for a route."),
    tasks: integer(0, 5000).optional().describe("A fixed number of tasks; or `scaling`. Default: 1 (development)."),
    scaling: scalingSchema.optional().describe("A number of tasks that follows load; or `tasks`. Default: 2 to 10 (production)."),
    route: routeSchema.optional().describe("What the load balancer sends here. Absent: a worker without load balancer."),
    release: releaseSchema,
    health: health.prefault({}).describe("How a task shows that it is healthy, to the load balancer and to ECS."),
    spotPercent: integer(0, 100, " percent")
        .optional()
        .describe("Share of tasks on Fargate Spot; short for `spot: { percent }`. Default: 100 (development), 0 (production)."),
    spot: spot.optional().describe("How many tasks are on Fargate Spot, where some never are; or `spotPercent`."),
    drainSeconds: integer(1, 3600, " seconds")
        .default(15)
        .describe("How long a stopping task may finish requests; at least the longest request."),
    exec: z
        .boolean({ error: "true or false" })
        .default(false)
        .describe(
            "ECS Exec: whoever may call `ecs:ExecuteCommand` runs commands as root in the service's own container, whose root file system can be written to then.",
        ),
    minHealthyPercent: integer(0, 100, " percent")
        .optional()
        .describe(
            "Share of the tasks that a rollout keeps running; 0 stops the old ones first, for what must never run twice. Default: 100.",
        ),
});

export const servicesSchema = z
    .record(z.string(), service, { error: "services by name: web: { build: { context: ./app } }" })
    .prefault({})
    // Told by checks: where zod finds fault with a name, it does not look at the service.
    .meta({ propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
    .describe("The services of the stack, by name.");

export interface ParsedServices {
    readonly services: z.output<typeof servicesSchema>;
    readonly images: z.output<typeof imagesSchema>;
}

/** Fills in what the configuration leaves to its profile. */
export function servicesWithDefaults({ services, images }: ParsedServices, profile: Profile): ServiceSettings[] {
    return Object.entries(services)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, given]) => withDefaults(name, given, ownValue(images, name), profile));
}

function withDefaults(
    name: string,
    given: z.output<typeof service>,
    builtByCi: string | undefined,
    profile: Profile,
): ServiceSettings {
    const { build, image, tasks, scaling, health, spot, exec, ...rest } = given;
    const intervalSeconds = health.intervalSeconds ?? profile.health.intervalSeconds;
    return {
        ...rest,
        name,
        build: build && buildWithDefaults(build),
        ...imageWithDefaults(image, builtByCi),
        tasks:
            tasks ??
            (scaling === undefined && typeof profile.tasks === "number"
                ? profile.tasks
                : withScalingDefaults(scaling ?? {}, profile)),
        spotPercent: spot?.percent ?? given.spotPercent ?? profile.spotPercent,
        ...(spot?.base !== undefined && { spotBase: spot.base }),
        ...(exec && { exec }),
        health: {
            ...health,
            // Not one of gRPC's methods.
            path: given.route?.protocol === "grpc" && health.path === "/" ? GRPC_HEALTH_PATH : health.path,
            intervalSeconds,
            timeoutSeconds: health.timeoutSeconds ?? Math.min(profile.health.timeoutSeconds, intervalSeconds - 1),
        },
    };
}

/** A service may be called like a property that every object has, such as `constructor`. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
    return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function anyTask({ settings: { services, jobs } }: Context): readonly Finding[] {
    if (services.length > 0 || jobs.length > 0) return [];
    return [
        {
            path: ["services"],
            found: "nothing",
            allowed: "one service at least, by name: web: { build: { context: ./app } }; or a job under fargate:jobs",
            because: [["services"], ["jobs"]],
        },
    ];
}
