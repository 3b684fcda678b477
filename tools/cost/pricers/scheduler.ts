import { COMPONENT } from "../../../model/names";
import { Graph } from "../../inventory/graph";
import type { Resource } from "../../inventory/resource";
import type { Usage } from "../../../settings/usage";
import { Priced, always } from "../quantities";
import { runsOf } from "./sfn";

/** A call for each run. Nothing is known of a schedule that is no job's. */
export function priceSchedule(schedule: Resource, graph: Graph, usage: Usage): Priced[] | undefined {
    const job = graph.parentOf(schedule);
    if (job?.type !== COMPONENT.job) return undefined;
    const { runs, assumes } = runsOf(job, usage);
    return [
        {
            service: "Amazon EventBridge Scheduler",
            what: "schedule",
            quantities: [{ key: "schedulerPerMillionCalls", part: "usage", quantity: always(runs / 1e6), assumes }],
        },
    ];
}
