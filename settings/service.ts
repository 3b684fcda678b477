import * as path from "node:path";
import { z } from "zod";
import { CPU_UNITS } from "../model/fargate-size";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import type { Context } from "./check";
import { SECRET_ARN, arn, secretFault } from "./arns";
import { givenText, integer, once, plainValue, text, variableName, without } from "./forms";
import { buildSchema, imageReferenceSchema, imagesSchema } from "./images";
import { permissionSchema } from "./permission";
import { Finding } from "./problems";
import type { Profile } from "./profiles";
import { routeSchema } from "./route";
import type { ScalingSettings, ServiceSettings } from "./types";

/** Target groups take these in `HealthCheckPath`, of at most 1024 characters; all else can be written with %. */
const HEALTH_PATH = /^\/[A-Za-z0-9@:%_+.~#?&/=-]{0,1023}$/;

/** `tmpfs` mounts are told apart by their paths. */
const WRITABLE_PATH = /^(?!\/(dev|(proc|sys)(\/.*)?)$)(?!.*\/\.{0,2}(\/|$))\/[^\s:]+$/;

/** What a container may write to where nothing is said. */
export const DEFAULT_WRITABLE_PATHS: readonly string[] = ["/tmp"];

/** A number, or a name as images have it; of the group too, behind a colon. */
const USER = /^(\d+|[A-Za-z_][\w.-]*)(:(\d+|[A-Za-z_][\w.-]*))?$/;

/** Of users and groups, by the container runtime (moby/sys/user, `maxID`). */
const MAX_ID = 2 ** 31 - 1;

const scaling = z.strictObject({
    // Without tasks there is no load to follow, and the service would stay at none.
    min: integer(1, 5000).optional().describe("Fewest tasks. Default: 1 (development), 2 (production)."),
    max: integer(1, 5000).optional().describe("Most tasks. Default: 10."),
    cpuPercent: integer(1, 100).optional().describe("Average CPU to keep. Default: 60, unless another target is given."),
    memoryPercent: integer(1, 100).optional().describe("Average memory to keep."),
    requestsPerTarget: integer(1, 1_000_000).optional().describe("Requests a minute and task to keep; needs a route."),
});

const health = z.strictObject({
    path: text(HEALTH_PATH, without(/[A-Za-z0-9@:%_+.~#?&/=-]/, "a path that starts with /, at most 1024 characters"))
        .default("/")
        .describe("Answered with 200 to 399 by a healthy task; needs a route to be asked."),
    command: z
        .array(givenText)
        .refine(value => ["CMD", "CMD-SHELL"].includes(value[0] ?? "") && value.length > 1, {
            error: "[CMD, program, argument, …] or [CMD-SHELL, line]",
        })
        .optional()
        .describe("The container's own check, run inside it."),
    gracePeriodSeconds: integer(0, 2_147_483_647, " seconds")
        .default(30)
        .describe("Time to start before a failed check counts, in seconds."),
    intervalSeconds: integer(5, 300, " seconds").optional().describe("Default: 5 (development), 10 (production) seconds."),
    timeoutSeconds: integer(2, 60, " seconds")
        .optional()
        .describe("Less than the interval. Default: 4 (development), 5 (production) seconds."),
});

const service = z.strictObject({
    build: buildSchema.optional().describe("Build the image with this update; or `image`."),
    image: imageReferenceSchema
        .optional()
        .describe("Image that exists already, <repository>:<tag> or <repository>@sha256:…; or `build`."),
    port: integer(1, 65_535).optional().describe("Port that the container listens on; needed for a route."),
    cpu: z
        .int({ error: CPU_UNITS.join(", ") })
        .refine(value => CPU_UNITS.includes(value), { error: CPU_UNITS.join(", ") })
        .default(256)
        .meta({ enum: [...CPU_UNITS] })
        .describe("CPU units of a task; 1024 are one vCPU."),
    memoryMiB: z
        .int({ error: "a whole number of MiB" })
        .positive()
        .default(512)
        .describe("Memory of a task in MiB; what is legal depends on cpu."),
    architecture: z
        .enum(["arm64", "x86_64"])
        .default("arm64")
        .describe("CPU architecture of tasks and of images built for them."),
    tasks: integer(0, 5000).optional().describe("A fixed number of tasks; or `scaling`. Default: 1 (development)."),
    scaling: scaling.optional().describe("A number of tasks that follows load; or `tasks`. Default: 2 to 10 (production)."),
    route: routeSchema.optional().describe("What the load balancer sends here. Absent: a worker without load balancer."),
    health: health.prefault({}).describe("How a task shows that it is healthy, to the load balancer and to ECS."),
    user: z
        .union([z.string(), z.number()], { error: 'a user id or name, such as "65532"' })
        .transform(String)
        .pipe(
            text(USER, 'a user id or name, such as "65532", and a group behind a colon').refine(
                value => value.split(":").every(part => !(Number(part) > MAX_ID)),
                { error: `ids of user and group up to ${MAX_ID}` },
            ),
        )
        .prefault("65532")
        .describe("User of the container's processes."),
    writablePaths: once(
        z.array(
            text(
                WRITABLE_PATH,
                "an absolute path below /, such as /tmp: no spaces, : or .., no / twice or at its end, and none of /proc, /sys and /dev, which are the kernel's",
            ),
        ),
        "path",
    )
        .default([...DEFAULT_WRITABLE_PATHS])
        .describe("Where the container may write, in memory; the root file system is read-only."),
    spotPercent: integer(0, 100, " percent")
        .optional()
        .describe("Share of tasks on Fargate Spot. Default: 100 (development), 0 (production)."),
    drainSeconds: integer(1, 3600, " seconds")
        .default(15)
        .describe("How long a stopping task may finish requests; at least the longest request."),
    environment: z.record(variableName, plainValue).prefault({}).describe("Plain variables; nothing secret."),
    secrets: z
        .record(variableName, arn(SECRET_ARN, secretFault))
        .default({})
        .describe("Variables read from Secrets Manager or SSM when a task starts, by ARN."),
    plain: z
        .array(z.string())
        .optional()
        .describe("Names in `environment` or `build.args` that look like secrets and are none. Default: none."),
    permissions: z.array(permissionSchema).default([]).describe("What the application may do in AWS. Default: nothing."),
});

export const servicesSchema = z
    .record(z.string(), service, { error: "services by name" })
    .prefault({})
    // Told by checks: where zod finds fault with a name, it does not look at the service.
    .meta({ minProperties: 1, propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
    .describe("The services of the stack, by name.");

export interface ParsedServices {
    readonly services: z.output<typeof servicesSchema>;
    readonly images: z.output<typeof imagesSchema>;
}

const SCALING_MAX = 10;
const SCALING_CPU_PERCENT = 60;

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

function withScalingDefaults(given: z.output<typeof scaling>, profile: Profile): ScalingSettings {
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

export function anyService({ settings }: Context): readonly Finding[] {
    if (settings.services.length > 0) return [];
    return [
        {
            path: ["services"],
            found: "nothing",
            allowed: "one service at least, by name: web: { build: { context: ./app } }",
            because: [["services"]],
        },
    ];
}
