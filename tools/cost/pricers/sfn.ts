import { COMPONENT } from "../../../model/names";
import { runsPerMonth } from "../../../model/schedule";
import { Graph } from "../../inventory/graph";
import { fieldsOf, numberOf, textOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { TASK_DEFINITION } from "../../inventory/types/ecs";
import { Priced, always } from "../quantities";
import type { Usage, UsageKey } from "../../../settings/usage";
import { describeSize, sizeOf, taskQuantities } from "./ecs";

/** States that a run enters, and its end: of one task, of a map that starts the tasks, and of each task in it (Step Functions pricing). */
const TRANSITIONS = { alone: 2, map: 3, inMap: 2 };
/** Beside each task of several containers, where one of them did not end with 0: the attempt around it, and what looks at it. */
const JUDGED = 6;

/** A job's runs: its tasks, and what Step Functions counts. Nothing is known of a state machine that is no job's. */
export function priceStateMachine(machine: Resource, graph: Graph, usage: Usage): Priced[] | undefined {
    const job = graph.parentOf(machine);
    if (job?.type !== COMPONENT.job) return undefined;
    const { runs, assumes } = runsOf(job, usage);
    const [parallel, timeout] = [numberOf(job.inputs["parallel"]), numberOf(job.inputs["timeoutMinutes"])];
    const hours = (runs * parallel * Math.min(usage.jobMinutes, timeout)) / 60;
    const size = sizeOf(graph.dependency(machine, TASK_DEFINITION));
    const isSpot = job.inputs["spot"] === true;
    const inMap = parallel === 1 ? TRANSITIONS.alone : TRANSITIONS.map + TRANSITIONS.inMap * parallel;
    const transitions = runs * (inMap + (job.inputs["hasSidecars"] === true ? JUDGED * parallel : 0));
    return [
        {
            service: "AWS Fargate",
            what: `${describeRuns(runs)} of ${parallel === 1 ? "1 task" : `${parallel} tasks`} of ${describeSize(size)}${isSpot ? ", on Spot" : ""}`,
            quantities: taskQuantities(size, always(hours), isSpot ? 1 : 0, "usage", ["jobMinutes", ...assumes]),
        },
        {
            service: "AWS Step Functions",
            what: "state transitions",
            quantities: [{ key: "stateTransition1k", part: "usage", quantity: always(transitions / 1000), assumes }],
        },
    ];
}

/** Runs a month: by the schedule, or as many as are assumed of a job on demand. */
export function runsOf(job: Resource, usage: Usage): { readonly runs: number; readonly assumes: readonly UsageKey[] } {
    const { cron } = fieldsOf(job.inputs["schedule"]);
    if (cron === undefined) return { runs: usage.jobRunsPerMonth, assumes: ["jobRunsPerMonth"] };
    return { runs: runsPerMonth(textOf(cron)), assumes: [] };
}

function describeRuns(runs: number): string {
    return `${Number(runs.toFixed(1)).toLocaleString("en-US")} runs`;
}
