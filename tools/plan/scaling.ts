import { clockChanges, inWords, nextRuns } from "../../model/schedule";
import type { ServiceSettings } from "../../settings";
import { colours as pc } from "../cli/colours";
import { limitsText } from "../inventory/types/autoscaling";

/** When other limits of a service's tasks begin to hold. */
export interface PlannedScaling {
    readonly service: string;
    /** In words. */
    readonly when: string;
    /** `4 to 20 tasks` */
    readonly limits: string;
    /** The next three times, in the schedule's time zone. */
    readonly next: readonly string[];
    /** What daylight saving does to it within a year, by the sentence. */
    readonly clockChanges: readonly string[];
}

export function plannedScaling(services: readonly ServiceSettings[], now: Date): PlannedScaling[] {
    return services.flatMap(({ name, tasks }) =>
        (typeof tasks === "number" ? [] : (tasks.schedules ?? [])).map(schedule => ({
            service: name,
            when: inWords(schedule),
            limits: limitsText(schedule.min, schedule.max),
            next: nextRuns(schedule, now),
            clockChanges: clockChanges(schedule, now),
        })),
    );
}

/** Nothing where no service has a schedule. */
export function scalingLines(schedules: readonly PlannedScaling[]): string[] {
    if (schedules.length === 0) return [];
    const width = Math.max(...schedules.map(({ service }) => service.length));
    return [
        "",
        pc.bold("Scaling by schedule"),
        ...schedules.flatMap(({ service, when, limits, next, clockChanges: changes }) => [
            `  ${service.padEnd(width)}  ${limits} from ${when}, next ${next.join(", ")}`,
            ...changes.map(change => `  ${"".padEnd(width)}  ${change}`),
        ]),
    ];
}
