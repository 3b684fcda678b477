import { isDeepStrictEqual } from "node:util";
import { containerDefinition } from "../../model/container";
import { parseImageReference } from "../../model/image-reference";
import { Fields, Preview, Step, differingKeys } from "../deployed/preview";
import { stopTimeoutSeconds } from "../../model/rollout";
import { typed } from "../../model/task-run-text";
import { fieldsOf, listOf, namedFieldsOf, numberOf, textOf } from "../inventory/inputs";
import { Difference, byName, difference, unseen } from "./difference";
import { COMPONENT, logicalName } from "../../model/names";

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
    // Without a load balancer there is no grace period either.
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

function describe(key: string, before: unknown, after: unknown): Difference[] {
    switch (key) {
        case "environment":
            return byName("environment", before, after);
        case "secrets":
            // Its name promises a secret, and its value says where that is.
            return byName("secret", before, after, secretName, () => true);
        case "image":
            return [difference("image", shownImage(before, after), shownImage(after, before))];
        case "memoryMiB":
            return [difference("memory", before, after, " MiB")];
        case "drainSeconds":
            return [difference("drain", before, after, " s")];
        case "spotPercent":
            return [difference("Spot share", before, after, " %")];
        case "logRetentionDays":
            return [difference("log retention", before, after, " days")];
        case "tasks":
            return isScaled(before) && isScaled(after)
                ? byName("scaling", before, after)
                : [difference("tasks", count(before), count(after))];
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
            // The image says it.
            return [];
        default:
            return [difference(key, list(before), list(after))];
    }
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
    const health = fieldsOf(inputs["health"]);
    return {
        architecture: inputs["architecture"],
        cpu: inputs["cpu"],
        memoryMiB: inputs["memoryMiB"],
        hasTaskRole: listOf(inputs["permissions"]).length > 0,
        container: containerOf(inputs, health),
    };
}

function containerOf(inputs: ServiceInputs, health: Fields): object {
    return containerDefinition({
        name: textOf(inputs["name"]),
        image: textOf(inputs["image"]),
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
}

/** Keys of the container definition that the settings explain. */
export function explainedContainerKeys(before: ServiceInputs, after: ServiceInputs): string[] {
    const container = (inputs: ServiceInputs) => containerOf(inputs, fieldsOf(inputs["health"])) as Fields;
    return differingKeys(container(before), container(after));
}

/** A digest in short, with the repository where that differs too. */
function shownImage(value: unknown, other: unknown): string | undefined {
    if (value === undefined) return undefined;
    const image = parseImageReference(textOf(value));
    if (image?.digest === undefined) return textOf(value);
    const version = image.digest.slice("sha256:".length).slice(0, SHORT);
    const another = parseImageReference(textOf(other));
    const isMoved = another !== undefined && another.repository !== image.repository;
    return isMoved ? `${image.ecr?.name ?? image.repository}@${version}` : version;
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

function list(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? "none" : value.map(textOf).join(", ");
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

/** Hex digits of a digest or a content hash that tell two images apart. */
export const SHORT = 7;

/** What a service runs: `<repository>@sha256:…`, or words for what has no digest yet. */
export interface ServiceImages {
    readonly before?: string;
    readonly after?: string;
}

/**
 * A task definition is unknown as a whole while its image is being built. The deployed digest is in the stack's outputs, and the image's component
 * says what comes: a digest, or the tag that the content makes.
 */
export function imagesOf({ steps }: Preview, service: string): ServiceImages {
    const stack = steps.find(({ type }) => type === "pulumi:pulumi:Stack");
    const image = steps.find(({ type, name }) => type === COMPONENT.image && name === logicalName.image(service));
    const deployed = namedFieldsOf(stack?.before?.outputs["images"])[service];
    const before = image?.before && (deployed === undefined ? named(image, "before") : textOf(deployed));
    if (image?.after === undefined) return { before };
    const isSame = image.before !== undefined && named(image, "before") === named(image, "after");
    return { before, after: isSame ? before : named(image, "after", before) };
}

/** @param deployed decides the repository of an image that is known by its digest alone */
function named(image: Step, when: "before" | "after", deployed = ""): string {
    const { kind, reference, digest, tag } = image[when]?.inputs ?? {};
    if (kind === "reference") return textOf(reference);
    if (kind === "pushed") return `${deployed.split("@", 1)[0] ?? ""}@${textOf(digest)}`;
    return `a new build (content ${textOf(tag).slice(0, SHORT)})`;
}
