import { z } from "zod";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { integer } from "./forms";
import { withDatabase } from "./outbound";
import type { imagesSchema } from "./images";
import { cronText, timeZoneText } from "./schedule";
import { buildWithDefaults, imageWithDefaults, taskKeys } from "./task";
import type { JobSettings, ServiceSettings } from "./types";

/** AWS runs more of an inline map's iterations one after the other (Step Functions developer guide, inline mode). */
const MOST_PARALLEL = 40;

/** A week. */
const LONGEST_MINUTES = 7 * 24 * 60;

/** Of a task that ends: ECS would start it again where it succeeded too, and protects tasks of services alone. */
const { restart: _restart, taskProtection: _taskProtection, ...endingKeys } = taskKeys;

type EndingKeys = typeof endingKeys;

type Unfilled<Schema> =
    Schema extends z.ZodDefault<infer Inner> ? Inner : Schema extends z.ZodPrefault<infer Inner> ? Inner : Schema;

/** A key of a task where nothing fills it in: only so can a job have it from its service. */
function unfilled(schema: z.ZodType): z.ZodType {
    const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? (schema.unwrap() as z.ZodType) : schema;
    const meaning = (schema.description ?? "").replace(/ Default: .*$/, "");
    return inner.optional().describe(`${meaning} Default: with \`of\` the service's, otherwise as a service's.`);
}

const unfilledKeys = Object.fromEntries(
    Object.entries(endingKeys).map(([key, schema]) => [key, unfilled(schema)]),
) as unknown as {
    readonly [Key in keyof EndingKeys]: z.ZodOptional<Unfilled<EndingKeys[Key]>>;
};

const filled = z.object(endingKeys);

const job = z.strictObject({
    of: z
        .string()
        .optional()
        .describe("Service whose image, size, environment, secrets and permissions the job has; or `build`, or `image`."),
    ...unfilledKeys,
    environment: unfilledKeys.environment.describe("Plain variables; with `of` beside the service's."),
    cron: cronText
        .optional()
        .describe("When it runs: minute, hour, day of the month, month, day of the week. Default: on demand."),
    timeZone: timeZoneText.optional().describe("Time zone of `cron`, by its IANA name. Default: UTC."),
    flexibleMinutes: integer(1, 1440, " minutes")
        .optional()
        .describe("How much later than `cron` says a run may start, as AWS likes, in minutes. Default: not at all."),
    timeoutMinutes: integer(1, LONGEST_MINUTES, " minutes")
        .default(60)
        .describe("When an attempt is stopped, in minutes from its request: the time to start a task counts."),
    retries: integer(0, 10).default(0).describe("How often it is tried again when it fails or is out of time."),
    parallel: integer(1, MOST_PARALLEL)
        .default(1)
        .describe("How many tasks run at once, each with its own `JOB_INDEX` from 0, and `JOB_COUNT`."),
    spot: z.boolean({ error: "true or false" }).default(false).describe("On Fargate Spot: cheaper, and AWS may stop it."),
});

export const jobsSchema = z
    .record(z.string(), job, { error: "jobs by name" })
    .default({})
    .meta({ propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
    .describe("Tasks that run and end, by name: on a schedule, or when somebody asks.");

export interface ParsedJobs {
    readonly jobs: z.output<typeof jobsSchema>;
}

/** Those of a service that there is; a check tells of the others. */
export function jobsWithDefaults(
    { jobs, images }: ParsedJobs & { readonly images: z.output<typeof imagesSchema> },
    services: readonly ServiceSettings[],
): JobSettings[] {
    return Object.entries(jobs)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, given]) => {
            const { of, cron, timeZone, flexibleMinutes, timeoutMinutes, retries, parallel, spot, ...task } = given;
            const service = services.find(({ name: candidate }) => candidate === of);
            if (of !== undefined && service === undefined) return [];
            const { build, image, ...rest } = service === undefined ? filled.parse(task) : ofService(service, task);
            return [
                {
                    ...(service === undefined || task.database !== undefined ? withDatabase(rest) : rest),
                    name,
                    build: build && buildWithDefaults(build),
                    ...(service === undefined
                        ? imageWithDefaults(image, Object.hasOwn(images, name) ? images[name] : undefined)
                        : { of: service.of ?? service.name, image: service.image }),
                    ...(cron !== undefined && {
                        schedule: {
                            cron,
                            timeZone: timeZone ?? "UTC",
                            ...(flexibleMinutes !== undefined && { flexibleMinutes }),
                        },
                    }),
                    ...{ timeoutMinutes, retries, parallel, spot },
                },
            ];
        });
}

/** What a task has of its service, and says otherwise. */
function ofService(service: ServiceSettings, task: Partial<z.output<typeof filled>>): z.output<typeof filled> {
    const inherited = Object.fromEntries(
        Object.keys(endingKeys).map(key => [key, (service as unknown as Readonly<Record<string, unknown>>)[key]]),
    );
    const given = Object.fromEntries(Object.entries<unknown>(task).filter(([, value]) => value !== undefined));
    return {
        ...(inherited as z.output<typeof filled>),
        ...given,
        environment: { ...service.environment, ...task.environment },
        ...((service.plain ?? task.plain) && { plain: [...new Set([...(service.plain ?? []), ...(task.plain ?? [])])] }),
    };
}
