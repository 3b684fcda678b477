import { Fields, Preview, Step, changedKeys, isUnknown } from "../deployed/preview";
import { rolloutSeconds, stopTimeoutSeconds } from "../../model/rollout";
import { fieldsOf, listOf, numberOf, textOf } from "../inventory/inputs";
import { Difference, difference, unseen } from "./difference";
import { ServiceInputs, TaskDifference, plain, taskDifferences, unexplainedContainers } from "./task";
import { releaseOf, statedPlain } from "./task-words";
import { imagesOf } from "./images";
import { COMPONENT } from "../../model/names";
import { SERVICE, TASK_DEFINITION } from "../inventory/types/ecs";
import { TARGET_GROUP } from "../inventory/types/elb";

/** What a change means for one service. */
export interface ServiceReview {
    readonly name: string;
    readonly outcome: "starts" | "stops" | "restarts" | "is replaced" | "runs on";
    /** Absent where the service is new. */
    readonly before?: TaskCount;
    /** Absent where the service is removed. */
    readonly after?: TaskCount;
    /** Why tasks restart. */
    readonly reasons: readonly Difference[];
    /** Whether ECS itself would apply all of that while tasks run on. */
    readonly isForced: boolean;
    /** What takes effect while tasks run on. */
    readonly inPlace: readonly Difference[];
    /** What the new revision runs before the service moves to it; absent where there is no new one. */
    readonly release?: string;
    /** Absent where no task starts. */
    readonly rollout?: Rollout;
    /** Why requests fail meanwhile; absent where the rollout is one that nobody notices. */
    readonly interruption?: string;
}

/** How many tasks run: a number, or what it follows load between. */
export interface TaskCount {
    readonly min: number;
    readonly max: number;
}

export interface Rollout {
    /** Until every new task is in service. */
    readonly seconds: number;
    /** What old tasks get to finish. Absent where there are none. */
    readonly leaving?: { readonly how: "drain" | "stop"; readonly seconds: number };
}

/** What the provider sends as tags; anything else makes it send UpdateService, which `forceNewDeployment` turns into a new deployment. */
const TAGS = ["tags", "tagsAll"];

/** Properties of an ECS service that only repeat another one. */
const REPEATED = ["triggers", "forceNewDeployment"];

/** What ECS itself starts a deployment for. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
const DEPLOYED = [
    "capacityProviderStrategies",
    "loadBalancers",
    "networkConfiguration",
    "platformVersion",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "taskDefinition",
    "volumeConfiguration",
];

/** Every service of the stack, by name. @throws TypeError where the preview leaves out what does not change. */
export function reviewServices(preview: Preview): ServiceReview[] {
    const { steps } = preview;
    const services = steps.filter(({ type }) => type === COMPONENT.service);
    const orphan = steps.find(({ type, parent }) => type === SERVICE && !services.some(({ urn }) => urn === parent));
    if (orphan !== undefined)
        throw new TypeError(`it does not show what stays the same, such as the component of ${orphan.name}`);
    return services.map(service => reviewService(service, preview)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function reviewService(component: Step, preview: Preview): ServiceReview {
    const { name } = component;
    const { steps } = preview;
    const below = (type: string) => steps.filter(step => step.type === type && isBelow(step, component, steps));
    const [ecs] = below(SERVICE);
    const [task] = below(COMPONENT.task);
    const [definition] = below(TASK_DEFINITION);
    const inputs = (when: "before" | "after"): ServiceInputs => {
        const given = { ...component[when]?.inputs, ...task?.[when]?.inputs };
        return { ...given, image: imagesOf(preview, textOf(given["of"] ?? name))[when] };
    };
    const [old, next] = [inputs("before"), inputs("after")];
    const outcome = outcomeOf(ecs);
    const before = component.before && countOf(old["tasks"]);
    const after = component.after && countOf(next["tasks"]);

    const keys = ecs === undefined ? [] : changedKeys(ecs);
    const differences = before && after ? taskDifferences(old, next) : [];
    const isRestart = outcome === "restarts" || outcome === "is replaced";
    const restarts = (one: TaskDifference) =>
        isRestart && (one.changesDefinition || one.serviceKeys.some(key => keys.includes(key)));
    const known = [
        ...differences.filter(restarts).map(plain),
        ...unexplainedDefinition(definition, old, next),
        ...unexplainedService(keys, differences, definition, ecs, steps),
    ];
    const properties = definition?.op === "replace" ? changedKeys(definition) : keys;
    const isEmptied = below(TARGET_GROUP).some(({ op }) => op === "replace");
    return {
        name,
        outcome,
        before,
        after,
        reasons: !isRestart ? [] : known.length > 0 ? known : properties.map(key => unseen(key)),
        isForced: outcome === "restarts" && isInPlaceForEcs(keys),
        inPlace: [
            ...differences.filter(one => !restarts(one)).map(plain),
            ...onlyTags(ecs),
            ...(outcome === "starts" ? statedPlain([], next["plain"]) : []),
        ],
        ...releaseOf(definition, next),
        rollout: ecs?.after && after && outcome !== "runs on" ? rolloutOf(ecs.after.inputs, old, next, before, after) : undefined,
        // The listener rule turns to the new group before the service registers a task there.
        interruption: outcome === "starts" ? undefined : interruptionOf(isEmptied, isRestart, old, next),
    };
}

function interruptionOf(isEmptied: boolean, isRestart: boolean, old: ServiceInputs, next: ServiceInputs): string | undefined {
    if (isEmptied) return "its target group is replaced, and the new one is empty at first";
    const protocolIn = ({ route }: ServiceInputs) => fieldsOf(route)["protocol"] ?? "http1";
    if (old["route"] !== undefined && next["route"] !== undefined && protocolIn(old) !== protocolIn(next))
        return "its tasks speak another protocol, and the rule of the old ones is in front until these are gone";
    return isRestart && next["minHealthyPercent"] === 0 ? "its old tasks stop before new ones start" : undefined;
}

function outcomeOf(ecs: Step | undefined): ServiceReview["outcome"] {
    switch (ecs?.op) {
        case "create":
            return "starts";
        case "delete":
            return "stops";
        case "replace":
            return "is replaced";
        case "update":
            return changedKeys(ecs).some(key => !TAGS.includes(key)) ? "restarts" : "runs on";
        default:
            return "runs on";
    }
}

function isInPlaceForEcs(keys: readonly string[]): boolean {
    const own = keys.filter(key => !TAGS.includes(key) && !REPEATED.includes(key));
    return own.length > 0 && !own.some(key => DEPLOYED.includes(key));
}

/** What the settings do not explain of a new task definition: the program itself, or a role. */
function unexplainedDefinition(definition: Step | undefined, old: ServiceInputs, next: ServiceInputs): Difference[] {
    if (definition?.op !== "replace" || definition.before === undefined || definition.after === undefined) return [];
    const [before, after] = [definition.before.inputs, definition.after.inputs];
    const others = changedKeys(definition).filter(key => !SETTING_KEYS.includes(key) && !TAGS.includes(key));
    const inside = unexplainedContainers(containersIn(before), containersIn(after), old, next);
    return [...others.map(key => unseen(`task definition ${key}`)), ...inside];
}

/** Properties of a task definition that follow from a service's settings. */
const SETTING_KEYS = ["containerDefinitions", "cpu", "memory", "runtimePlatform", "taskRoleArn"];

/** None while they are unknown. */
function containersIn({ containerDefinitions }: Fields): Fields[] {
    if (typeof containerDefinitions !== "string" || isUnknown(containerDefinitions)) return [];
    return (JSON.parse(containerDefinitions) as unknown[]).map(fieldsOf);
}

/** What the settings do not explain of the ECS service. */
function unexplainedService(
    keys: readonly string[],
    differences: readonly TaskDifference[],
    definition: Step | undefined,
    ecs: Step | undefined,
    steps: readonly Step[],
): Difference[] {
    const told = new Set(differences.flatMap(({ serviceKeys }) => serviceKeys));
    const left = keys.filter(key => !told.has(key) && !TAGS.includes(key) && !REPEATED.includes(key));
    return left.flatMap(key => {
        if (key === "networkConfiguration") return zones(steps) ?? [unseen("subnets or security groups")];
        if (key === "taskDefinition") return definition?.op === "replace" ? [] : [unseen("another task definition")];
        // What nobody asked for may still be there: AWS's answer is in the outputs.
        const [old, next] = [ecs?.before?.inputs[key] ?? ecs?.before?.outputs[key], ecs?.after?.inputs[key]];
        const isShown = [old, next].every(value => typeof value !== "object") && old !== next;
        return [isShown ? difference(key, old, next) : unseen(key)];
    });
}

function zones(steps: readonly Step[]): Difference[] | undefined {
    const network = steps.find(({ type }) => type === COMPONENT.network);
    const named = (when: "before" | "after") => listOf(network?.[when]?.inputs["zones"]).map(textOf);
    const [before, after] = [named("before"), named("after")];
    const found = [
        ...after.filter(zone => !before.includes(zone)).map(name => ({ ...unseen("zone", "added"), name })),
        ...before.filter(zone => !after.includes(zone)).map(name => ({ ...unseen("zone", "removed"), name })),
    ];
    return found.length === 0 ? undefined : found;
}

function onlyTags(ecs: Step | undefined): Difference[] {
    const keys = ecs?.op === "update" ? changedKeys(ecs) : [];
    return keys.length > 0 && keys.every(key => TAGS.includes(key)) ? [unseen("tags")] : [];
}

function rolloutOf(
    service: Fields,
    old: ServiceInputs,
    next: ServiceInputs,
    before: TaskCount | undefined,
    after: TaskCount,
): Rollout {
    const health = fieldsOf(next["health"]);
    const isChecked = next["route"] !== undefined || health["command"] !== undefined;
    const leaving = before === undefined || before.max === 0 ? undefined : leavingOf(old, next);
    return {
        seconds: rolloutSeconds({
            tasks: after.max,
            minimumHealthyPercent: numberOf(service["deploymentMinimumHealthyPercent"]),
            maximumPercent: numberOf(service["deploymentMaximumPercent"]),
            checkIntervalSeconds: isChecked ? numberOf(health["intervalSeconds"]) : undefined,
            leaveSeconds: leaving?.seconds ?? 0,
        }),
        leaving,
    };
}

/** Behind a load balancer an old task drains, by the new setting; a worker is asked to stop, by its own. */
function leavingOf(old: ServiceInputs, next: ServiceInputs): NonNullable<Rollout["leaving"]> {
    const drain = (inputs: ServiceInputs) => numberOf(inputs["drainSeconds"]);
    if (old["route"] !== undefined) return { how: "drain", seconds: drain(next["route"] === undefined ? old : next) };
    return { how: "stop", seconds: stopTimeoutSeconds(drain(old)) };
}

function countOf(tasks: unknown): TaskCount {
    const { min, max } = fieldsOf(tasks);
    const number = typeof tasks === "number" ? tasks : NaN;
    return typeof tasks === "number" ? { min: number, max: number } : { min: numberOf(min), max: numberOf(max) };
}

function isBelow(step: Step, ancestor: Step, steps: readonly Step[]): boolean {
    if (step.parent === undefined) return false;
    if (step.parent === ancestor.urn) return true;
    const parent = steps.find(({ urn }) => urn === step.parent);
    return parent !== undefined && isBelow(parent, ancestor, steps);
}
