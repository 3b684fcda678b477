import { isDeepStrictEqual } from "node:util";
import type { StartOptions } from "../../model/container";
import { Fields, Step, differingKeys } from "../deployed/preview";
import { stopTimeoutSeconds } from "../../model/rollout";
import { TaskContainers, containerDefinitions } from "../../model/sidecars";
import { typed } from "../../model/task-run-text";
import { fieldsOf, listOf, namedFieldsOf, numberOf, textOf } from "../inventory/inputs";
import { Difference, byName, difference, unseen } from "./difference";
import { holdsSecret } from "../../model/plain-secrets";
import { shownImage } from "./images";
import { scalingDifferences } from "./scaling";

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
    // Without a load balancer there is no grace period either.
    minHealthyPercent: ["deploymentMinimumHealthyPercent", "deploymentMaximumPercent", "availabilityZoneRebalancing"],
    route: ["loadBalancers", "healthCheckGracePeriodSeconds"],
    port: ["loadBalancers"],
    "health.gracePeriodSeconds": ["healthCheckGracePeriodSeconds"],
};

/** Storage that comes with a task, in GiB (AWS Fargate pricing). */
const INCLUDED_GIB = 20;

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

function describe(key: string, before: unknown, after: unknown): Difference[] {
    switch (key) {
        case "environment":
            return byName("environment", before, after);
        case "secrets":
            // Its name promises a secret, and its value says where that is.
            return byName("secret", before, after, secretName, () => true);
        case "image":
            // A tag may be a commit, which looks as random as a token.
            return [difference("image", shownImage(before, after), shownImage(after, before), "", value => !holdsSecret(value))];
        case "memoryMiB":
            return [difference("memory", before, after, " MiB")];
        case "drainSeconds":
            return [difference("drain", before, after, " s")];
        case "spotPercent":
            return [difference("Spot share", before, after, " %")];
        case "spotBase":
            return [difference("tasks that are never on Spot", before ?? 0, after ?? 0)];
        case "ephemeralGiB":
            return [difference("storage", before ?? INCLUDED_GIB, after ?? INCLUDED_GIB, " GiB")];
        case "minHealthyPercent":
            return [difference("minimum healthy", before ?? 100, after ?? 100, " %")];
        case "restart":
            return byName("restart", before ?? {}, after ?? {}, list);
        case "command":
        case "entryPoint":
            return [difference(key, words(before), words(after))];
        case "dependsOn":
            return byName("wait for", before ?? {}, after ?? {});
        case "tracing":
            return [difference("tracing", tracing(before), tracing(after))];
        case "sidecars":
            return sidecarDifferences(namedFieldsOf(before), namedFieldsOf(after));
        case "logRetentionDays":
            return [difference("log retention", before, after, " days")];
        case "tasks":
            if (isScaled(before) && isScaled(after)) return scalingDifferences(before, after);
            return [difference("tasks", count(before), count(after))];
        case "route":
            return before === undefined || after === undefined
                ? [difference("route", routeName(before), routeName(after))]
                : byName("route", before, after, list);
        case "permissions":
            return [unseen("permissions", isEmpty(before) ? "added" : isEmpty(after) ? "removed" : "changed")];
        case "plain":
            return statedPlain(before, after);
        case "release":
            return [difference("release", releaseName(before), releaseName(after))];
        case "build":
        case "of":
            // The image says it.
            return [];
        default:
            return [difference(key, list(before), list(after))];
    }
}

/** A sidecar that comes or goes as a whole, and what is another in one that stays. */
function sidecarDifferences(before: Fields, after: Fields): Difference[] {
    return differingKeys(before, after).flatMap(name => {
        if (before[name] === undefined) return [{ ...unseen("sidecar", "added"), name }];
        if (after[name] === undefined) return [{ ...unseen("sidecar", "removed"), name }];
        const [old, next] = [fieldsOf(before[name]), fieldsOf(after[name])];
        return differingKeys(old, next)
            .flatMap(key =>
                key === "health" ? byName("health", old[key] ?? {}, next[key] ?? {}, list) : describe(key, old[key], next[key]),
            )
            .map(one => ({ ...one, what: `sidecar ${name} ${one.what}` }));
    });
}

/** What switches a protection off. */
export function statedPlain(before: unknown, after: unknown): Difference[] {
    const [old, next] = [listOf(before).map(textOf), listOf(after).map(textOf)];
    const what = "stated to be no secret,";
    return [
        ...next.filter(name => !old.includes(name)).map(name => ({ ...unseen(what, "added"), name })),
        ...old.filter(name => !next.includes(name)).map(name => ({ ...unseen(what, "removed"), name })),
    ];
}

/** What ECS keeps of a task definition, from the settings alone; the image counts as it is written. */
function definition(inputs: ServiceInputs): object {
    return {
        architecture: inputs["architecture"],
        cpu: inputs["cpu"],
        memoryMiB: inputs["memoryMiB"],
        ephemeralGiB: inputs["ephemeralGiB"],
        hasTaskRole: listOf(inputs["permissions"]).length > 0 || inputs["taskProtection"] === true,
        containers: containersOf(inputs),
    };
}

/** As they are declared: the settings and ECS have one form of them. */
function asDeclared(inputs: ServiceInputs): StartOptions & Pick<TaskContainers<string>, "dependsOn" | "sidecars"> {
    const keys = [
        "command",
        "entryPoint",
        "workingDirectory",
        "nofile",
        "init",
        "environmentFiles",
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

/** An ARN names the account, which is nobody's business in a comment. */
function secretName(arn: unknown): unknown {
    return arn === undefined ? undefined : textOf(arn).split(":").slice(5).join(":");
}

const isEmpty = (value: unknown) => listOf(value).length === 0;
const isScaled = (tasks: unknown) => typeof tasks === "object" && tasks !== null;

function count(tasks: unknown): string | undefined {
    if (tasks === undefined) return undefined;
    if (!isScaled(tasks)) return textOf(tasks);
    const { min, max } = fieldsOf(tasks);
    return `scaling ${textOf(min)} to ${textOf(max)}`;
}

function tracing(value: unknown): string | undefined {
    if (value === undefined || value === false) return undefined;
    return value === true ? "on" : textOf(fieldsOf(value)["image"]);
}

function list(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? "none" : value.map(textOf).join(", ");
}

/** A command as it is typed. */
function words(command: unknown): string | undefined {
    return command === undefined ? undefined : typed(listOf(command).map(textOf));
}

/** What a new revision runs first; nothing where there is no new one. */
export function releaseOf(definition: Step | undefined, { release }: ServiceInputs): { readonly release?: string } {
    const isNew = definition?.op === "create" || definition?.op === "replace";
    return isNew && release !== undefined ? { release: releaseCommand(release) } : {};
}

function releaseCommand(release: unknown): string {
    return typed(listOf(fieldsOf(release)["command"]).map(textOf));
}

function releaseName(release: unknown): string | undefined {
    if (release === undefined) return undefined;
    return `${releaseCommand(release)}, at most ${textOf(fieldsOf(release)["timeoutMinutes"])} min`;
}

function routeName(route: unknown): string | undefined {
    if (route === undefined) return undefined;
    const { hosts, paths } = fieldsOf(route);
    return [...listOf(hosts), ...listOf(paths)].map(textOf).join(" ");
}
