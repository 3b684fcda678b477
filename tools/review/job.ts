import { COMPONENT } from "../../model/names";
import { inWords } from "../../model/schedule";
import { Preview, Step } from "../deployed/preview";
import { fieldsOf, textOf } from "../inventory/inputs";
import { Difference } from "./difference";
import { imagesOf } from "./images";
import { ServiceInputs, plain, taskDifferences } from "./task";
import { statedPlain } from "./task-words";

/** What a change means for one job. Tasks that run go on; what starts afterwards is as the change has it. */
export interface JobReview {
    readonly name: string;
    readonly outcome: "is new" | "is removed" | "changes";
    /** In words; as it was where the job is removed. */
    readonly when: string;
    readonly differences: readonly Difference[];
}

/** Every job that is not as it was, by name. */
export function reviewJobs(preview: Preview): JobReview[] {
    return preview.steps
        .filter(({ type }) => type === COMPONENT.job)
        .flatMap(job => reviewJob(job, preview))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function reviewJob(job: Step, preview: Preview): JobReview[] {
    const { name, before, after } = job;
    const task = preview.steps.find(({ type, parent }) => type === COMPONENT.task && parent === job.urn);
    const inputs = (when: "before" | "after"): ServiceInputs => {
        const { egress, schedule, ...rest } = job[when]?.inputs ?? {};
        const { of = name } = rest;
        return {
            ...rest,
            ...task?.[when]?.inputs,
            egress,
            schedule: whenOf(schedule),
            "flexible start": flexible(schedule),
            image: imagesOf(preview, textOf(of))[when],
        };
    };
    const [old, next] = [inputs("before"), inputs("after")];
    if (before === undefined) {
        return [{ name, outcome: "is new", when: textOf(next["schedule"]), differences: statedPlain([], next["plain"]) }];
    }
    if (after === undefined) return [{ name, outcome: "is removed", when: textOf(old["schedule"]), differences: [] }];
    const differences = taskDifferences(old, next).map(plain);
    return differences.length === 0 ? [] : [{ name, outcome: "changes", when: textOf(next["schedule"]), differences }];
}

function whenOf(schedule: unknown): string {
    const { cron, timeZone } = fieldsOf(schedule);
    return cron === undefined ? "on demand" : inWords({ cron: textOf(cron), timeZone: textOf(timeZone) });
}

function flexible(schedule: unknown): string | undefined {
    const { flexibleMinutes } = fieldsOf(schedule);
    return flexibleMinutes === undefined ? undefined : `${textOf(flexibleMinutes)} min`;
}
