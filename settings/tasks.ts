import type { At } from "./check";
import type { Settings, TaskSettings } from "./types";

/** A task with the place of its keys in the stack file. */
export interface PlacedTask {
    readonly task: TaskSettings;
    readonly at: At;
}

/** Every task that the stack describes, whatever starts it. */
export function tasksOf({ services }: Pick<Settings, "services">): readonly PlacedTask[] {
    return services.map(service => ({ task: service, at: (...keys) => ["services", service.name, ...keys] }));
}
