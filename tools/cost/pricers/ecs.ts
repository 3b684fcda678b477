import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf, numberOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, Quantity, Range, above, always, times } from "../quantities";
import type { Usage, UsageKey } from "../../../settings/usage";
import { HOURS_PER_MONTH, PriceKey } from "../prices/prices";
import { SCALING_POLICY, SCALING_TARGET } from "../../inventory/types/autoscaling";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";

/** Storage that comes with a task, in GB (AWS Fargate pricing). */
const INCLUDED_STORAGE_GB = 20;
const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;

export interface TaskSize {
    readonly vcpu: number;
    readonly memoryGb: number;
    readonly architecture: "ARM64" | "X86_64";
    /** Ephemeral storage beyond what is included. */
    readonly extraStorageGb: number;
}

export interface TaskLevel {
    readonly count: Range;
    readonly assumes: readonly UsageKey[];
}

/** The tasks of an ECS service, and their public addresses where they have any. */
export function priceService(service: Resource, graph: Graph, usage: Usage): Priced[] {
    const size = sizeOf(graph.dependency(service, TASK_DEFINITION));
    const { count, assumes } = taskLevel(service, graph, usage);
    const spot = spotShare(service);
    const hours = times(count, HOURS_PER_MONTH);
    const fixed = taskQuantities(size, always(hours.min), spot, "fixed", []);
    const scaled = taskQuantities(size, above(hours), spot, "usage", assumes);
    const what = `${describeCount(count)} of ${describeSize(size)}${describeSpot(spot)}`;
    const tasks = { service: "AWS Fargate", what, quantities: [...fixed, ...scaled] };
    if (fieldsOf(service.inputs["networkConfiguration"])["assignPublicIp"] !== true) return [tasks];
    const addresses: Quantity[] = [
        { key: "publicIpv4Hour", part: "fixed", quantity: always(hours.min), assumes: [] },
        { key: "publicIpv4Hour", part: "usage", quantity: above(hours), assumes },
    ];
    return [tasks, { service: "Amazon VPC", what: "a public IPv4 address for each task", quantities: addresses }];
}

/** Quantities of `taskHours` hours of one task, a share of them on Spot. */
export function taskQuantities(
    { vcpu, memoryGb, architecture, extraStorageGb }: TaskSize,
    taskHours: Range,
    spot: number,
    part: Quantity["part"],
    assumes: readonly UsageKey[],
): Quantity[] {
    const arm = architecture === "ARM64";
    const rows: [PriceKey, number][] = [
        [arm ? "fargateArmVcpuHour" : "fargateVcpuHour", (1 - spot) * vcpu],
        [arm ? "fargateArmGbHour" : "fargateGbHour", (1 - spot) * memoryGb],
        [arm ? "fargateSpotArmVcpuHour" : "fargateSpotVcpuHour", spot * vcpu],
        [arm ? "fargateSpotArmGbHour" : "fargateSpotGbHour", spot * memoryGb],
        ["fargateEphemeralGbHour", extraStorageGb],
    ];
    if (taskHours.max === 0) return [];
    return rows
        .filter(([, perHour]) => perHour !== 0)
        .map(([key, perHour]) => ({ key, part, quantity: times(taskHours, perHour), assumes }));
}

/**
 * How many tasks run. The expected number is the largest that any scaling target asks for, as in Application Auto Scaling: requests tell it
 * (those of the month, spread evenly, by the target's requests a minute and task); for CPU and memory it is `scalingPercent` of the way from
 * minimum to maximum, since nothing here knows how much CPU a request takes.
 */
export function taskLevel(service: Resource, graph: Graph, usage: Usage): TaskLevel {
    const [target] = graph.dependents(service, SCALING_TARGET);
    if (target === undefined) return { count: always(numberOf(service.inputs["desiredCount"] ?? 1)), assumes: [] };
    const min = numberOf(target.inputs["minCapacity"]);
    const max = numberOf(target.inputs["maxCapacity"]);
    const wanted = graph.dependents(target, SCALING_POLICY).map(policy => {
        const tracking = fieldsOf(policy.inputs["targetTrackingScalingPolicyConfiguration"]);
        const { predefinedMetricType } = fieldsOf(tracking["predefinedMetricSpecification"]);
        if (predefinedMetricType !== "ALBRequestCountPerTarget") {
            return { tasks: min + ((max - min) * usage.scalingPercent) / 100, assumes: "scalingPercent" as const };
        }
        const requestsPerMinute = requestsOf(graph, usage) / MINUTES_PER_MONTH;
        return { tasks: requestsPerMinute / numberOf(tracking["targetValue"]), assumes: "requestsPerMonth" as const };
    });
    const expected = Math.min(max, Math.max(min, ...wanted.map(({ tasks }) => tasks)));
    return { count: { min, expected, max }, assumes: [...new Set(wanted.map(({ assumes }) => assumes))] };
}

/** Requests a month of each service with a route. */
function requestsOf(graph: Graph, usage: Usage): number {
    const routed = graph.ofType(SERVICE).filter(({ inputs }) => listOf(inputs["loadBalancers"]).length > 0);
    return usage.requestsPerMonth / Math.max(1, routed.length);
}

/** Share of tasks on Fargate Spot, 0 to 1, by the weights of the capacity providers. */
function spotShare({ inputs }: Resource): number {
    const strategies = listOf(inputs["capacityProviderStrategies"]).map(fieldsOf);
    const weight = (some: typeof strategies) => some.reduce((sum, strategy) => sum + numberOf(strategy["weight"] ?? 0), 0);
    const all = weight(strategies);
    return all === 0 ? 0 : weight(strategies.filter(strategy => strategy["capacityProvider"] === "FARGATE_SPOT")) / all;
}

export function sizeOf(definition: Resource | undefined): TaskSize {
    if (definition === undefined) throw new Error("tasks without a task definition among the resources they depend on");
    const { cpu, memory, runtimePlatform, ephemeralStorage } = definition.inputs;
    const storageGb = numberOf(fieldsOf(ephemeralStorage)["sizeInGib"] ?? INCLUDED_STORAGE_GB);
    return {
        vcpu: numberOf(cpu) / 1024,
        memoryGb: numberOf(memory) / 1024,
        architecture: fieldsOf(runtimePlatform)["cpuArchitecture"] === "ARM64" ? "ARM64" : "X86_64",
        extraStorageGb: Math.max(0, storageGb - INCLUDED_STORAGE_GB),
    };
}

export function describeSize({ vcpu, memoryGb, architecture, extraStorageGb }: TaskSize): string {
    const storage = extraStorageGb > 0 ? `, ${extraStorageGb + INCLUDED_STORAGE_GB} GB storage` : "";
    return `${vcpu} vCPU, ${memoryGb} GB, ${architecture}${storage}`;
}

function describeCount({ min, expected, max }: Range): string {
    if (min === max) return min === 1 ? "1 task" : `${min} tasks`;
    return `${min}…${max} tasks, expected ${Number(expected.toFixed(1))},`;
}

function describeSpot(spot: number): string {
    return spot === 0 ? "" : `, ${Math.round(spot * 100)} % on Spot`;
}
