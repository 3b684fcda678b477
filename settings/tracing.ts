import { COLLECTOR, TRACING_PERMISSION, collector, tracingVariables } from "../model/tracing";
import type { TaskSettings } from "./types";

/** What `tracing` stands for: a sidecar, variables and permissions. What the file says itself of a variable or the sidecar holds. */
export function withTracing<Task extends TaskSettings>(task: Task): Task {
    const { tracing = false } = task;
    if (tracing === false) return task;
    const variables = Object.entries(tracingVariables(task.name)).filter(([name]) => !Object.hasOwn(task.secrets, name));
    return {
        ...task,
        environment: { ...Object.fromEntries(variables), ...task.environment },
        permissions: [...task.permissions, TRACING_PERMISSION],
        sidecars: { [COLLECTOR]: collectorOf(tracing), ...task.sidecars },
    };
}

/** Whether a sidecar is the collector that `tracing` brings, and not one of the file's own in its place. */
export function isOfTracing({ tracing = false, sidecars = {} }: TaskSettings, name: string): boolean {
    if (tracing === false || name !== COLLECTOR) return false;
    return sidecars[name]?.image === collectorOf(tracing).image;
}

function collectorOf(tracing: true | { readonly image: string }) {
    return collector(tracing === true ? undefined : tracing.image);
}
