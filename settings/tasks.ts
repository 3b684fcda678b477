import type { At, Context } from "./check";
import { Finding, valueAt } from "./problems";
import { sidecarsByName } from "../model/sidecars";
import { isOfTracing } from "./tracing";
import type { ContainerSettings, Settings, SidecarSettings, TaskSettings } from "./types";

/** A task with the place of its keys in the stack file. */
export interface PlacedTask {
    readonly task: TaskSettings;
    readonly at: At;
}

/** Every task that the stack describes, whatever starts it. */
export function tasksOf({ services, jobs }: Pick<Settings, "services" | "jobs">): readonly PlacedTask[] {
    return [
        ...services.map(service => ({ task: service, at: (...keys: string[]) => ["services", service.name, ...keys] })),
        ...jobs.map(job => ({ task: job, at: (...keys: string[]) => ["jobs", job.name, ...keys] })),
    ];
}

/** Whose images a stack has: services, and jobs that run no service's. */
export function imageOwners({ services, jobs }: Pick<Settings, "services" | "jobs">): readonly TaskSettings[] {
    return [...services, ...jobs].filter(({ of }) => of === undefined);
}

/** A container with the place of its keys in the stack file. */
export interface PlacedContainer {
    readonly name: string;
    readonly container: ContainerSettings &
        Pick<TaskSettings, "image" | "build" | "plain" | "port" | "database"> &
        Pick<SidecarSettings, "dependsOn" | "essential" | "health">;
    readonly at: At;
    readonly is: "own" | "sidecar" | "collector";
}

/** The containers of a task, its own first. */
export function containersOf({ task, at }: Pick<PlacedTask, "task" | "at">): readonly PlacedContainer[] {
    return [
        { name: task.name, container: { ...task, essential: true }, at, is: "own" },
        ...sidecarsByName(task.sidecars).map(([name, container]): PlacedContainer =>
            isOfTracing(task, name)
                ? { name, container, at: (...keys) => at("tracing", ...keys), is: "collector" }
                : { name, container, at: (...keys) => at("sidecars", name, ...keys), is: "sidecar" },
        ),
    ];
}

/** What is found at every task. What a job has from its service, and does not say itself, is told of the service alone. */
export function findingsOfTasks(
    { settings, parsed }: Pick<Context, "settings" | "parsed">,
    find: (placed: PlacedTask) => readonly Finding[],
): Finding[] {
    const tasks = tasksOf(settings);
    const below = ({ path: [, , ...keys], found }: Finding) => JSON.stringify([keys, found]);
    const isSaid = ({ path, because = [] }: Finding) =>
        [path, ...because].some(place => isKeyOfJob(place) && valueAt(parsed, place) !== undefined);
    return tasks.flatMap(placed => {
        // As it is written: the service may have the image of another, whose the job's is then.
        const of = valueAt(parsed, placed.at("of"));
        const service = tasks.find(({ task }) => task.name === of);
        const known = service === undefined ? [] : find(service).map(below);
        return find(placed).filter(finding => !known.includes(below(finding)) || isSaid(finding));
    });
}

/** Of a key that takes the place of the service's: these two are added to it. */
function isKeyOfJob([section, , key, ...below]: readonly string[]): boolean {
    return section === "jobs" && key !== undefined && (below.length > 0 || !["environment", "plain"].includes(key));
}
