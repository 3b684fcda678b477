import { z } from "zod";
import { CONDITIONS } from "../model/container";
import { CPU_UNITS } from "../model/fargate-size";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { STOP_TIMEOUT } from "../model/rollout";
import { containerKeys, healthCommand } from "./container";
import { integer } from "./forms";
import { imageReferenceSchema } from "./images";

/** What a container waits for, by the container's name. */
const dependsOn = z.record(z.string(), z.enum(CONDITIONS, { error: CONDITIONS.join(", ") })).optional();

const health = z.strictObject({
    command: healthCommand.describe("The container's own check, run inside it."),
    gracePeriodSeconds: integer(0, 300, " seconds")
        .default(30)
        .describe("Time to start before a failed check counts, in seconds."),
    intervalSeconds: integer(5, 300, " seconds").default(10).describe("Time between checks, in seconds."),
    timeoutSeconds: integer(2, 60, " seconds").default(5).describe("When a check has failed, in seconds."),
});

const sidecar = z.strictObject({
    image: imageReferenceSchema.describe("Image that exists already, <repository>:<tag> or <repository>@sha256:…"),
    ...containerKeys,
    plain: z.array(z.string()).optional().describe("Names in `environment` that look like secrets and are none. Default: none."),
    cpu: integer(2, Math.max(...CPU_UNITS), " CPU units")
        .optional()
        .describe(
            "CPU units that it has of the task's; the service's container has what is left. Default: containers share alike.",
        ),
    // Docker's own minimum (Amazon ECS API reference, `ContainerDefinition.memory`).
    memoryMiB: integer(6, 249_856, " MiB").optional().describe("Memory that it is ended at, in MiB. Default: the task's."),
    port: integer(1, 65_535).optional().describe("Port that it listens on, for the task's other containers: localhost:<port>."),
    health: health.optional().describe("How it shows that it is healthy. Default: it is while it runs."),
    essential: z
        .boolean({ error: "true or false" })
        .default(true)
        .describe("Whether the task ends with it; false for what may end, or fail."),
    dependsOn: dependsOn.describe("Containers of the task that it waits for, as `dependsOn` of a service. Default: none."),
    // Amazon ECS API reference, `ContainerDefinition.stopTimeout`.
    stopTimeoutSeconds: integer(2, STOP_TIMEOUT.longest, " seconds")
        .optional()
        .describe("Time from SIGTERM to SIGKILL, in seconds. Default: the service's."),
});

/** The keys of a task that further containers come from. */
export const sidecarKeys = {
    sidecars: z
        .record(z.string(), sidecar, { error: "sidecars by name: proxy: { image: <repository>:<tag> }" })
        .optional()
        // Told by checks: where zod finds fault with a name, it does not look at the sidecar.
        .meta({ propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
        .describe("Further containers of each task, by name. Default: none."),
    dependsOn: dependsOn.describe(
        "Sidecars that must be started, healthy, complete or successful (ended with 0) before the container starts. Default: none.",
    ),
    tracing: z
        .union([z.boolean(), z.strictObject({ image: imageReferenceSchema.describe("A copy of the collector's image.") })], {
            error: "true, or { image: <repository>:<tag> }, a copy of the collector's image",
        })
        .optional()
        .describe("An OpenTelemetry collector beside the container, which sends traces to X-Ray. Default: false."),
};
