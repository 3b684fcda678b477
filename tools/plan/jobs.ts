import { clockChanges, inWords, nextRuns } from "../../model/schedule";
import type { JobSettings } from "../../settings";
import { colours as pc } from "../cli/colours";

/** When a job runs. */
export interface PlannedJob {
    readonly job: string;
    /** In words. */
    readonly when: string;
    /** The next three, in the job's time zone; none on demand. */
    readonly next: readonly string[];
    /** What daylight saving does to it within a year, by the sentence. */
    readonly clockChanges: readonly string[];
}

export function plannedJobs(jobs: readonly JobSettings[], now: Date): PlannedJob[] {
    return jobs.map(({ name, schedule }) =>
        schedule === undefined
            ? { job: name, when: "on demand", next: [], clockChanges: [] }
            : {
                  job: name,
                  when: inWords(schedule),
                  next: nextRuns(schedule, now),
                  clockChanges: clockChanges(schedule, now),
              },
    );
}

/** Nothing where no job is. */
export function jobLines(jobs: readonly PlannedJob[]): string[] {
    if (jobs.length === 0) return [];
    const width = Math.max(...jobs.map(({ job }) => job.length));
    return [
        "",
        pc.bold("Jobs"),
        ...jobs.flatMap(({ job, when, next, clockChanges: changes }) => [
            `  ${job.padEnd(width)}  ${[when, ...(next.length === 0 ? [] : [`next ${next.join(", ")}`])].join(", ")}`,
            ...changes.map(change => `  ${"".padEnd(width)}  ${change}`),
        ]),
    ];
}
