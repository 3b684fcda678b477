import { z } from "zod";
import { CRON_FORM } from "../model/cron-form";
import type { Dependencies } from "../model/container";
import { cronFault } from "../model/schedule";
import { isTimeZone } from "../model/time-zones";
import { COLLECTOR } from "../model/tracing";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { integer } from "./forms";
import type { ParsedServices } from "./service";
import { buildWithDefaults, imageWithDefaults, taskKeys } from "./task";
import type { JobSettings, ServiceSettings } from "./types";

/** AWS runs more of an inline map's iterations one after the other (Step Functions developer guide, inline mode). */
const MOST_PARALLEL = 40;

/** A week. */
const LONGEST_MINUTES = 7 * 24 * 60;

/** A task that has ended would be started again by one, and the other is for tasks of services alone (Amazon ECS API reference, `UpdateTaskProtection`). */
const { restart: _restart, taskProtection: _taskProtection, ...jobKeys } = taskKeys;

type JobKeys = typeof jobKeys;

type Unfilled<Schema> =
    Schema extends z.ZodDefault<infer Inner> ? Inner : Schema extends z.ZodPrefault<infer Inner> ? Inner : Schema;

/** A key of a task where nothing fills it in: only so can a job have it from its service. */
function unfilled(schema: z.ZodType): z.ZodType {
    const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? (schema.unwrap() as z.ZodType) : schema;
    const meaning = (schema.description ?? "").replace(/ Default: .*$/, "");
    return inner.optional().describe(`${meaning} Default: with \`of\` the service's, otherwise as a service's.`);
}

const unfilledKeys = Object.fromEntries(Object.entries(jobKeys).map(([key, schema]) => [key, unfilled(schema)])) as unknown as {
    readonly [Key in keyof JobKeys]: z.ZodOptional<Unfilled<JobKeys[Key]>>;
};

const filled = z.object(jobKeys);

type Filled = z.output<typeof filled>;

const job = z.strictObject({
    of: z
        .string()
        .optional()
        .describe("Service whose image, size, environment, secrets and permissions the job has; or `build`, or `image`."),
    ...unfilledKeys,
    environment: unfilledKeys.environment.describe("Plain variables; with `of` beside the service's."),
    cron: z
        .string({ error: CRON_FORM })
        .refine(cron => cronFault(cron) === undefined, { error: ({ input }) => cronFault(String(input)) })
        .optional()
        .describe("When it runs: minute, hour, day of the month, month, day of the week. Default: on demand."),
    timeZone: z
        .string()
        .refine(isTimeZone, { error: "a name of the IANA time zone database, such as Asia/Seoul or UTC" })
        .optional()
        .describe("Time zone of `cron`, by its IANA name. Default: UTC."),
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
    { jobs, images, services: written }: ParsedJobs & ParsedServices,
    services: readonly ServiceSettings[],
): JobSettings[] {
    return Object.entries(jobs)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, given]) => {
            const { of, cron, timeZone, flexibleMinutes, timeoutMinutes, retries, parallel, spot, ...task } = given;
            const service = services.find(({ name: candidate }) => candidate === of);
            if (of !== undefined && service === undefined) return [];
            const { build, image, ...rest } = filled.parse(
                service === undefined ? task : ofService(written[service.name], { service: service.name, job: name }, task),
            );
            return [
                {
                    ...rest,
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

/** What the file says of its service, and of the job itself, which holds: what a service's keys amount to is worked out for the job anew. */
function ofService(service: Partial<Filled> = {}, names: Names, task: Partial<Filled>): Partial<Filled> {
    const plain = [...new Set([...(service.plain ?? []), ...(task.plain ?? [])])];
    return {
        ...service,
        ...containersOfService(service, names, task),
        ...task,
        environment: { ...service.environment, ...task.environment },
        ...(plain.length > 0 && { plain }),
    };
}

interface Names {
    readonly service: string;
    readonly job: string;
}

/** The containers that a job has of its service: they wait for the job's own in place of the service's, and for none that the job is without. */
function containersOfService(service: Partial<Filled>, names: Names, task: Partial<Filled>): Partial<Filled> {
    const { sidecars = service.sidecars, tracing = service.tracing } = task;
    const known = [names.job, ...Object.keys(sidecars ?? {}), ...(tracing ? [COLLECTOR] : [])];
    const waits = (dependsOn: Dependencies = {}): Dependencies | undefined => {
        const entries = Object.entries(dependsOn)
            // A job has no check.
            .map(([wanted, condition]): [string, Dependencies[string]] =>
                wanted === names.service ? [names.job, condition === "healthy" ? "started" : condition] : [wanted, condition],
            )
            .filter(([wanted]) => known.includes(wanted));
        return entries.length === 0 ? undefined : Object.fromEntries(entries);
    };
    const inherited = Object.entries(service.sidecars ?? {}).map(([name, sidecar]) => [
        name,
        { ...sidecar, dependsOn: waits(sidecar.dependsOn) },
    ]);
    return {
        ...(service.sidecars && { sidecars: Object.fromEntries(inherited) as Filled["sidecars"] }),
        dependsOn: waits(service.dependsOn),
    };
}
