import * as path from "node:path";
import { z } from "zod";
import { CPU_UNITS } from "../model/fargate-size";
import { containerKeys } from "./container";
import { buildSchema, imageSchema } from "./images";
import { integer } from "./forms";
import { outboundKeys } from "./outbound";
import { permissionSchema } from "./permission";
import { sidecarKeys } from "./sidecars";
import type { BuildSettings } from "./types";

/** The keys of a task, whatever starts it. */
export const taskKeys = {
    build: buildSchema.optional().describe("Build the image with this update; or `image`."),
    image: imageSchema
        .optional()
        .describe(
            "Image that exists already, <repository>:<tag> or <repository>@sha256:…, or another service's, { of: <service> }; or `build`.",
        ),
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
    // Amazon ECS API reference, `EphemeralStorage`.
    ephemeralGiB: integer(21, 200, " GiB")
        .optional()
        .describe("Storage of a task in GiB; what is over 20 costs by the hour. Default: 20."),
    ...containerKeys,
    ...sidecarKeys,
    plain: z
        .array(z.string())
        .optional()
        .describe("Names in `environment` or `build.args` that look like secrets and are none. Default: none."),
    permissions: z.array(permissionSchema).default([]).describe("What the application may do in AWS. Default: nothing."),
    taskProtection: z
        .literal(true, { error: "true, or no such key" })
        .optional()
        .describe(
            "The application may protect its task, while it works, from being stopped by scaling and rollouts. Default: it may not.",
        ),
    ...outboundKeys,
};

export function buildWithDefaults(build: z.output<typeof buildSchema>): BuildSettings {
    return { ...build, dockerfile: build.dockerfile ?? path.join(build.context, "Dockerfile") };
}

/** The image to run: another service's, the one that CI built, or the one that is named. */
export function imageWithDefaults(
    image: z.output<typeof imageSchema> | undefined,
    builtByCi: string | undefined,
): { image?: string; of?: string } {
    return typeof image === "object" ? image : { image: builtByCi ?? image };
}
