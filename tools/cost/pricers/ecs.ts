import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf, numberOf, textOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, Quantity, Range, above, addAll, always, times } from "../quantities";
import type { Usage, UsageKey } from "../../../settings/usage";
import { HOURS_PER_MONTH, PriceKey } from "../prices/prices";
import { CapacityProvider, tasksOnSpot } from "../../../model/capacity";
import { unixCron } from "../../../model/schedule";
import { sharesOf } from "../../../model/timetable";
import { SCALING_POLICY, SCALING_TARGET, SCHEDULED_ACTION } from "../../inventory/types/autoscaling";
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
    /** Those of `count` that are on Spot. */
    readonly onSpot: Range;
    readonly assumes: readonly UsageKey[];
}

/** The tasks of an ECS service, and their public addresses where they have any. */
export function priceService(service: Resource, graph: Graph, usage: Usage): Priced[] {
    const size = sizeOf(graph.dependency(service, TASK_DEFINITION));
    const { count, onSpot, assumes } = taskLevel(service, graph, usage);
    const hours = times(count, HOURS_PER_MONTH);
    const spotHours = times(onSpot, HOURS_PER_MONTH);
    const quantities = (all: Range, spot: Range, part: Quantity["part"], keys: readonly UsageKey[]) => [
        ...taskQuantities(size, addAll([all, times(spot, -1)]), 0, part, keys),
        ...taskQuantities(size, spot, 1, part, keys),
    ];
    const fixed = quantities(always(hours.min), always(spotHours.min), "fixed", []);
    const scaled = quantities(above(hours), above(spotHours), "usage", assumes);
    const what = `${describeCount(count)} of ${describeSize(size)}${describeSpot(strategyOf(service))}`;
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
    const strategy = strategyOf(service);
    const [target] = graph.dependents(service, SCALING_TARGET);
    if (target === undefined) {
        const tasks = numberOf(service.inputs["desiredCount"] ?? 1);
        return { count: always(tasks), onSpot: always(tasksOnSpot(tasks, strategy)), assumes: [] };
    }
    const wanted = graph.dependents(target, SCALING_POLICY).map(policy => {
        const tracking = fieldsOf(policy.inputs["targetTrackingScalingPolicyConfiguration"]);
        const { predefinedMetricType } = fieldsOf(tracking["predefinedMetricSpecification"]);
        if (predefinedMetricType !== "ALBRequestCountPerTarget") {
            const tasks = ({ min, max }: Limits) => min + ((max - min) * usage.scalingPercent) / 100;
            return { tasks, assumes: "scalingPercent" as const };
        }
        const requestsPerMinute = requestsOf(graph, usage) / MINUTES_PER_MONTH;
        return { tasks: () => requestsPerMinute / numberOf(tracking["targetValue"]), assumes: "requestsPerMonth" as const };
    });
    const periods = periodsOf(target, graph).map(({ share, min, max }) => {
        const expected = Math.min(max, Math.max(min, ...wanted.map(({ tasks }) => tasks({ min, max }))));
        const spot = (tasks: number) => tasksOnSpot(tasks, strategy) * share;
        return {
            count: times({ min, expected, max }, share),
            onSpot: { min: spot(min), expected: spot(expected), max: spot(max) },
        };
    });
    return {
        count: addAll(periods.map(({ count }) => count)),
        onSpot: addAll(periods.map(({ onSpot }) => onSpot)),
        assumes: [...new Set(wanted.map(({ assumes }) => assumes))],
    };
}

interface Limits {
    readonly min: number;
    readonly max: number;
}

/** The limits of a scaling target, with the share of the time that they hold for: those of its schedules, once the first of them was due. */
function periodsOf(target: Resource, graph: Graph): readonly (Limits & { readonly share: number })[] {
    const actions = graph.dependents(target, SCHEDULED_ACTION).map(({ inputs }) => inputs);
    if (actions.length === 0) {
        const { minCapacity, maxCapacity } = target.inputs;
        return [{ share: 1, min: numberOf(minCapacity), max: numberOf(maxCapacity) }];
    }
    const schedules = actions.map(({ schedule, timezone }) => ({
        cron: unixCron(textOf(schedule)),
        timeZone: textOf(timezone),
    }));
    const shares = sharesOf(schedules);
    return actions.map(({ scalableTargetAction }, index) => {
        const { minCapacity, maxCapacity } = fieldsOf(scalableTargetAction);
        return { share: shares[index] ?? 0, min: numberOf(minCapacity), max: numberOf(maxCapacity) };
    });
}

/** Requests a month of each service with a route. */
function requestsOf(graph: Graph, usage: Usage): number {
    const routed = graph.ofType(SERVICE).filter(({ inputs }) => listOf(inputs["loadBalancers"]).length > 0);
    return usage.requestsPerMonth / Math.max(1, routed.length);
}

function strategyOf({ inputs }: Resource): CapacityProvider[] {
    return listOf(inputs["capacityProviderStrategies"])
        .map(fieldsOf)
        .map(({ capacityProvider, weight, base }) => ({
            capacityProvider: capacityProvider === "FARGATE_SPOT" ? "FARGATE_SPOT" : "FARGATE",
            weight: numberOf(weight ?? 0),
            ...(base !== undefined && { base: numberOf(base) }),
        }));
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
    const number = (tasks: number) => Number(tasks.toFixed(1));
    if (min === max) return min === 1 ? "1 task" : `${number(min)} tasks`;
    return `${number(min)}…${number(max)} tasks, expected ${number(expected)},`;
}

function describeSpot(strategy: readonly CapacityProvider[]): string {
    const base = Math.max(0, ...strategy.map(provider => provider.base ?? 0));
    const share = tasksOnSpot(base + 1, strategy);
    if (share === 0) return "";
    return `, ${Math.round(share * 100)} % on Spot${base === 0 ? "" : ` beyond ${base}`}`;
}
