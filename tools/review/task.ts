import { isDeepStrictEqual } from "node:util";
import type { StartOptions } from "../../model/container";
import { Fields, differingKeys } from "../deployed/preview";
import { stopTimeoutSeconds } from "../../model/rollout";
import { TaskContainers, containerDefinitions } from "../../model/sidecars";
import { fieldsOf, listOf, numberOf, textOf } from "../inventory/inputs";
import { Difference, difference, unseen } from "./difference";
import { describe } from "./task-words";

/** A difference between two versions of a service, and what it acts on. */
export interface TaskDifference extends Difference {
    /** The task definition says something else, and a running task cannot follow. */
    readonly changesDefinition: boolean;
    /** Properties of the ECS service that say it too. */
    readonly serviceKeys: readonly string[];
}

/** Inputs of a service's components, together: its settings, its way out, and its image by digest or in words. */
export type ServiceInputs = Fields;

/** Properties of an ECS service that say what a setting says. */
const SERVICE_KEYS: Readonly<Record<string, readonly string[]>> = {
    tasks: ["desiredCount"],
    spotPercent: ["capacityProviderStrategies"],
    spotBase: ["capacityProviderStrategies"],
    exec: ["enableExecuteCommand"],
    // Without a load balancer there is no grace period either.
    minHealthyPercent: ["deploymentMinimumHealthyPercent", "deploymentMaximumPercent", "availabilityZoneRebalancing"],
    route: ["loadBalancers", "healthCheckGracePeriodSeconds"],
    port: ["loadBalancers"],
    "health.gracePeriodSeconds": ["healthCheckGracePeriodSeconds"],
};

/** Told in this order, the rest after them by name. */
const ORDER = ["environment", "secrets", "image", "cpu", "memoryMiB", "architecture", "tasks"];

/** Everything that differs, in the words of the stack's file. */
export function taskDifferences(before: ServiceInputs, after: ServiceInputs): TaskDifference[] {
    const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
    const told = (
        key: string,
        differences: readonly Difference[],
        next: ServiceInputs,
        serviceKeys = SERVICE_KEYS[key] ?? [],
    ) => {
        const changesDefinition = !isDeepStrictEqual(definition(before), definition(next));
        return differences.map(one => ({ ...one, changesDefinition, serviceKeys }));
    };
    return differingKeys(before, after)
        .sort((a, b) => rank(a) - rank(b))
        .flatMap(key => {
            const [old, next] = [before[key], after[key]];
            if (key !== "health") return told(key, describe(key, old, next), { ...before, [key]: next });
            // Some of it is the container's, some the load balancer's, some the service's.
            return differingKeys(fieldsOf(old), fieldsOf(next)).flatMap(part => {
                const value = fieldsOf(next)[part];
                const one = { ...before, health: { ...fieldsOf(old), [part]: value } };
                return told(`health.${part}`, [difference(`health.${part}`, fieldsOf(old)[part], value)], one);
            });
        });
}

/** Without what it acts on. */
export function plain({ what, name, kind, before, after, isHidden }: TaskDifference): Difference {
    const values = { name, before, after, isHidden };
    return { what, kind, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) };
}

/** What ECS keeps of a task definition, from the settings alone; the image counts as it is written. */
function definition(inputs: ServiceInputs): object {
    return {
        architecture: inputs["architecture"],
        cpu: inputs["cpu"],
        memoryMiB: inputs["memoryMiB"],
        ephemeralGiB: inputs["ephemeralGiB"],
        hasTaskRole: [listOf(inputs["permissions"]).length > 0, inputs["taskProtection"], inputs["exec"]].includes(true),
        containers: containersOf(inputs),
    };
}

/** As they are declared: the settings and ECS have one form of them. */
function asDeclared(inputs: ServiceInputs): StartOptions & Pick<TaskContainers<string>, "dependsOn" | "exec" | "sidecars"> {
    const keys = [
        "command",
        "entryPoint",
        "workingDirectory",
        "nofile",
        "init",
        "environmentFiles",
        "exec",
        "restart",
        "dependsOn",
        "sidecars",
    ];
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => keys.includes(key)));
}

function containersOf(inputs: ServiceInputs): Fields[] {
    const health = fieldsOf(inputs["health"]);
    const containers = containerDefinitions({
        ...asDeclared(inputs),
        name: textOf(inputs["name"]),
        image: textOf(inputs["image"]),
        cpu: numberOf(inputs["cpu"]),
        memoryMiB: numberOf(inputs["memoryMiB"]),
        user: textOf(inputs["user"]),
        port: inputs["port"] === undefined ? undefined : numberOf(inputs["port"]),
        writablePaths: listOf(inputs["writablePaths"]).map(textOf),
        environment: fieldsOf(inputs["environment"]) as Record<string, string>,
        secrets: fieldsOf(inputs["secrets"]) as Record<string, string>,
        health: {
            command: health["command"] === undefined ? undefined : listOf(health["command"]).map(textOf),
            intervalSeconds: numberOf(health["intervalSeconds"]),
            timeoutSeconds: numberOf(health["timeoutSeconds"]),
            gracePeriodSeconds: numberOf(health["gracePeriodSeconds"]),
        },
        stopTimeoutSeconds: stopTimeoutSeconds(numberOf(inputs["drainSeconds"])),
        // Both follow from names that decide more than a task.
        logGroup: "",
        region: "",
    });
    return containers as Fields[];
}

/** What the settings do not explain of two definitions' containers, the task's own first. One that comes or goes is told of as a whole. */
export function unexplainedContainers(
    was: readonly Fields[],
    is: readonly Fields[],
    before: ServiceInputs,
    after: ServiceInputs,
): Difference[] {
    const [old, next] = [containersOf(before), containersOf(after)];
    const named = (containers: readonly Fields[], name: unknown) => containers.find(one => one["name"] === name);
    return was.flatMap((container, index) => {
        const { name } = container;
        const same = named(is, name);
        if (same === undefined) return [];
        const explained = differingKeys(fieldsOf(named(old, name)), fieldsOf(named(next, name)));
        const what = index === 0 ? "container" : `sidecar ${textOf(name)}`;
        return differingKeys(container, same)
            .filter(key => !explained.includes(key))
            .map(key => unseen(`${what} ${key}`));
    });
}
