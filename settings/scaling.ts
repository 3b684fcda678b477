import { z } from "zod";
import { CRON_FORM } from "../model/cron-form";
import { Schedule, cronFault } from "../model/schedule";
import { isTimeZone } from "../model/time-zones";
import { integer } from "./forms";
import type { Profile } from "./profiles";

export interface ScalingSettings {
    /** Fewest tasks. */
    readonly min: number;
    /** Most tasks. */
    readonly max: number;
    /**
     * Average CPU utilization to keep, in percent.
     *
     * @default CPU plays no part
     */
    readonly cpuPercent?: number;
    /**
     * Average memory utilization to keep, in percent.
     *
     * @default memory plays no part
     */
    readonly memoryPercent?: number;
    /**
     * Requests to keep, a minute and task.
     *
     * @default requests play no part
     */
    readonly requestsPerTarget?: number;
    /**
     * Average time to keep from the load balancer's request to the answer's first byte, in seconds.
     *
     * @default response time plays no part
     */
    readonly responseSeconds?: number;
    /**
     * Tasks that are added at once, by rising CPU.
     *
     * @default tasks are added as the targets ask
     */
    readonly steps?: readonly ScalingStep[];
    /**
     * Time between two changes of the number of tasks.
     *
     * @default 60 seconds before tasks are added again, 300 before they are taken away
     */
    readonly cooldown?: { readonly outSeconds?: number; readonly inSeconds?: number };
    /**
     * Other limits at certain times.
     *
     * @default the same at all times
     */
    readonly schedules?: readonly ScalingSchedule[];
}

export interface ScalingStep {
    /** Average CPU utilization from which on it holds, in percent. */
    readonly cpuPercent: number;
    /** Tasks that are added. */
    readonly add: number;
}

/** Fewest and most tasks from a time on, until the next schedule. */
export interface ScalingSchedule extends Schedule {
    readonly min: number;
    readonly max: number;
}

/** AWS takes no more for one policy, and no more for one target (Application Auto Scaling user guide, quotas). */
const MOST_STEPS = 20;
const MOST_SCHEDULES = 200;

const step = z.strictObject({
    cpuPercent: integer(1, 100).describe("Average CPU from which on it holds; above the CPU to keep."),
    add: integer(1, 5000).describe("Tasks that are added at once."),
});

const schedule = z.strictObject({
    cron: z
        .string({ error: CRON_FORM })
        .refine(cron => cronFault(cron) === undefined, { error: ({ input }) => cronFault(String(input)) })
        .describe("When: minute, hour, day of the month, month, day of the week."),
    timeZone: z
        .string()
        .refine(isTimeZone, { error: "a name of the IANA time zone database, such as Asia/Seoul or UTC" })
        .default("UTC")
        .describe("Time zone of `cron`, by its IANA name."),
    min: integer(0, 5000).optional().describe("Fewest tasks from then on; 0 with max: 0. Default: the service's min."),
    max: integer(0, 5000).optional().describe("Most tasks from then on. Default: the service's max."),
});

export const scalingSchema = z.strictObject({
    // Without tasks there is no load to follow, and the service would stay at none.
    min: integer(1, 5000).optional().describe("Fewest tasks. Default: 1 (development), 2 (production)."),
    max: integer(1, 5000).optional().describe("Most tasks. Default: 10."),
    cpuPercent: integer(1, 100).optional().describe("Average CPU to keep. Default: 60, unless another target is given."),
    memoryPercent: integer(1, 100).optional().describe("Average memory to keep."),
    requestsPerTarget: integer(1, 1_000_000).optional().describe("Requests a minute and task to keep; needs a route."),
    responseSeconds: z
        .number({ error: "seconds from 0.001 to 60" })
        .min(0.001)
        .max(60)
        .optional()
        .describe("Average response time to keep, in seconds; needs a route."),
    steps: z
        .array(step)
        .min(1, { error: "one step at least" })
        .max(MOST_STEPS, { error: `at most ${MOST_STEPS} steps` })
        .optional()
        .describe("Tasks that are added at once when CPU rises fast, beside the targets. Default: none."),
    cooldown: z
        .strictObject({
            outSeconds: integer(0, 3600, " seconds").optional().describe("Before tasks are added again. Default: 60 seconds."),
            inSeconds: integer(0, 3600, " seconds")
                .optional()
                .describe("Before tasks are taken away again. Default: 300 seconds."),
        })
        .optional()
        .describe("Time between two changes of the number of tasks."),
    schedules: z
        .array(schedule)
        .min(1, { error: "one schedule at least" })
        .max(MOST_SCHEDULES, { error: `at most ${MOST_SCHEDULES} schedules` })
        .optional()
        .describe("Other limits from certain times on, also none at night. Default: the same at all times."),
});

export type ParsedScaling = z.output<typeof scalingSchema>;

const SCALING_MAX = 10;
const SCALING_CPU_PERCENT = 60;

export function withScalingDefaults(given: z.output<typeof scalingSchema>, profile: Profile): ScalingSettings {
    const { schedules, ...rest } = given;
    const targets = [given.cpuPercent, given.memoryPercent, given.requestsPerTarget, given.responseSeconds];
    const hasTarget = targets.some(target => target !== undefined);
    const min = given.min ?? Math.min(profile.scalingMin, given.max ?? SCALING_MAX);
    const max = given.max ?? Math.max(SCALING_MAX, given.min ?? 0);
    return {
        ...rest,
        min,
        max,
        cpuPercent: given.cpuPercent ?? (hasTarget ? undefined : SCALING_CPU_PERCENT),
        // Each says both, so that what holds after it does not depend on the one before.
        ...(schedules && { schedules: schedules.map(one => ({ ...one, min: one.min ?? min, max: one.max ?? max })) }),
    };
}
