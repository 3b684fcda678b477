import type { Condition } from "../model/container";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { sum } from "../model/sidecars";
import { COLLECTOR_PORTS } from "../model/tracing";
import type { At } from "./check";
import { nameForm } from "./forms";
import { Finding, show, suggest } from "./problems";
import { healthTimings, portFaults } from "./service-checks";
import { PlacedContainer, containersOf } from "./tasks";
import type { TaskSettings } from "./types";

type SidecarCheck = (task: TaskSettings, context: unknown, at: At) => readonly Finding[];

/** What must hold between the containers of one task, in the order in which their findings are told. */
export const SIDECAR_CHECKS: readonly SidecarCheck[] = [names, ports, health, limits, dependencies, circles];

function names(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    return Object.keys(task.sidecars ?? {}).flatMap(name => {
        const path = at("sidecars", name);
        if (name === task.name)
            return [{ path, found: `the name ${name}`, allowed: "another name: the task's own container has this one" }];
        if (!SERVICE_NAME.test(name)) return [{ path, found: `the name ${show(name)}`, allowed: nameForm(name) }];
        if (name.length <= SERVICE_NAME_LIMIT) return [];
        return [
            {
                path,
                found: `a name of ${name.length} characters`,
                allowed: `at most ${SERVICE_NAME_LIMIT} characters, as services`,
            },
        ];
    });
}

/** Containers of a task share its network, and so its ports. */
function ports(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    const taken = new Map<number, string>();
    return containersOf({ task, at }).flatMap(({ name, container: { port }, at: below, is }) => {
        if (is === "collector") return collectorPorts(task, at);
        if (port === undefined) return [];
        const other = taken.get(port);
        taken.set(port, name);
        // The service's own is looked at beside its route.
        if (other === undefined) return is === "own" ? [] : portFaults(port, below);
        const allowed = `another port: ${other} listens on it, and the containers of a task share one network`;
        return [{ path: below("port"), found: String(port), allowed, because: [at("port"), at("sidecars")] }];
    });
}

function collectorPorts(task: TaskSettings, at: At): Finding[] {
    return containersOf({ task, at }).flatMap(({ container: { port = 0 }, at: below }) =>
        COLLECTOR_PORTS.includes(port)
            ? [
                  {
                      path: below("port"),
                      found: String(port),
                      allowed: `another port: the collector of tracing listens on ${COLLECTOR_PORTS.join(", ")}`,
                      because: [at("tracing")],
                  },
              ]
            : [],
    );
}

function health(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    return sidecarsOf(task, at).flatMap(({ container, at: below }) =>
        container.health === undefined ? [] : healthTimings({ health: container.health }, undefined, below),
    );
}

/** What sidecars have of their own leaves something to the task's own container, which has no limit. */
function limits(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    const given = Object.values(task.sidecars ?? {});
    const hasCollector = containersOf({ task, at }).some(({ is }) => is === "collector");
    return (["cpu", "memoryMiB"] as const).flatMap(key => {
        const all = sum(given.map(({ [key]: own = 0 }) => own));
        if (all < task[key]) return [];
        const unit = key === "cpu" ? "CPU units" : "MiB";
        const allowed = `less than ${task[key]} ${unit} in all, the task's ${key}, so that the task's own container has some too; or more for the task`;
        const found = `${all} ${unit}${key === "memoryMiB" && hasCollector ? ", with the collector of tracing" : ""}`;
        return [{ path: at("sidecars"), found, allowed, because: [at(key), at("sidecars"), at("tracing")] }];
    });
}

function dependencies(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    const all = containersOf({ task, at });
    return all.flatMap(({ name, container, at: below }) =>
        Object.entries(container.dependsOn ?? {}).flatMap(([wanted, condition]) => {
            const path = below("dependsOn", wanted);
            const others = all.filter(other => other.name !== name);
            const found = others.find(other => other.name === wanted);
            if (found === undefined) {
                const known = others.map(other => other.name);
                const allowed = known.length === 0 ? "the name of a sidecar, and there is none" : suggest(wanted, known);
                return [{ path, found: show(wanted), allowed, because: [at("sidecars"), at("tracing")] }];
            }
            const allowed = conditionFault(condition, found);
            return allowed === undefined ? [] : [{ path, found: condition, allowed, because: [found.at()] }];
        }),
    );
}

/** Amazon ECS API reference, `ContainerDependency`. */
function conditionFault(
    condition: Condition,
    { name, container: { health: check, essential } }: PlacedContainer,
): string | undefined {
    if (condition === "healthy" && check?.command === undefined)
        return `started, since ${name} has no check of its own; or give it one: health: { command: [CMD, …] }`;
    if (!essential || condition === "started" || condition === "healthy") return undefined;
    return `started or healthy, since the task ends with ${name}; what ends before the others start is essential: false`;
}

function circles(task: TaskSettings, _: unknown, at: At): readonly Finding[] {
    const all = containersOf({ task, at });
    const waitsFor = new Map(all.map(({ name, container }) => [name, Object.keys(container.dependsOn ?? {})]));
    const wayBack = (from: string, to: string, seen: readonly string[] = []): readonly string[] | undefined => {
        if (from === to) return [...seen, from];
        if (seen.includes(from)) return undefined;
        for (const next of waitsFor.get(from) ?? []) {
            const way = wayBack(next, to, [...seen, from]);
            if (way !== undefined) return way;
        }
        return undefined;
    };
    // One is told of: where that is mended, the others are too, or are told next.
    for (const { name, at: below } of all)
        for (const next of waitsFor.get(name) ?? []) {
            const way = wayBack(next, name);
            if (way === undefined) continue;
            const path = below("dependsOn", next);
            return [{ path, found: [name, ...way].join(" waits for "), allowed: "containers that do not wait for each other" }];
        }
    return [];
}

function sidecarsOf(task: TaskSettings, at: At): readonly PlacedContainer[] {
    return containersOf({ task, at }).filter(({ is }) => is === "sidecar");
}
