import { CORE_DNS, Demand, EXTRA_ENDPOINTS, INSTANCES, ROOM, VOLUME_GB, instancesFor } from "./instances";
import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { addAll, always, priceLine } from "../quantities";
import { isInterfaceEndpoint } from "../pricers/ec2";
import { TaskSize, describeSize, sizeOf, taskLevel, taskQuantities } from "../pricers/ecs";
import type { Usage } from "../../../settings/usage";
import { HOURS_PER_MONTH, PRICE_LABELS, PriceKey, Prices } from "../prices/prices";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";

/** The platforms that are compared. On EC2 and EKS, tasks run on on-demand instances. */
export const PLATFORMS = ["Fargate", "Fargate Spot", "ECS on EC2", "EKS on EC2"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The tasks of a service. */
interface Running {
    readonly name: string;
    readonly size: TaskSize;
    readonly tasks: number;
}

export interface Workload {
    readonly services: readonly Running[];
    /** Zones that tasks are spread over. */
    readonly zones: number;
    /** Zones with interface endpoints; 0 where tasks have another way out. */
    readonly endpointZones: number;
}

export interface Part {
    readonly what: string;
    /** Undefined where a price is missing. */
    readonly monthlyUsd: number | undefined;
}

export interface PlatformCost {
    readonly platform: Platform;
    readonly parts: readonly Part[];
    readonly monthlyUsd: number | undefined;
    /** Why there is no amount. */
    readonly unknown: readonly string[];
}

/** The tasks of a stack, at the expected level and rounded up to whole ones. */
export function workloadOf(resources: readonly Resource[], usage: Usage): Workload {
    const graph = new Graph(resources);
    const found = graph.ofType(SERVICE);
    const subnets = found.map(({ inputs }) => listOf(fieldsOf(inputs["networkConfiguration"])["subnets"]).length);
    const endpoint = resources.find(isInterfaceEndpoint);
    return {
        services: found.map(service => ({
            name: service.name,
            size: sizeOf(graph.dependency(service, TASK_DEFINITION)),
            tasks: Math.ceil(taskLevel(service, graph, usage).count.expected),
        })),
        zones: Math.max(1, ...subnets),
        endpointZones: endpoint === undefined ? 0 : listOf(endpoint.inputs["subnetIds"]).length,
    };
}

/**
 * How tasks are packed onto instances: by the CPU and memory that Fargate would give them, or by memory alone. On an instance tasks may share
 * its CPU, which is where instances save most; a task then gets what the others leave.
 */
export type Packing = "reserved" | "shared CPU";

/** What the same tasks cost on every platform. All else of a stack (load balancer, logs, addresses) costs the same on each and is left out. */
export function compare(workload: Workload, prices: Prices, packing: Packing = "reserved"): PlatformCost[] {
    const onEc2: Instances = { platform: "ECS on EC2", kind: "ecs", packing, extra: [] };
    const controlPlane = amount("control plane", [["eksClusterHour", HOURS_PER_MONTH]], prices);
    return [
        onFargate("Fargate", workload, 0, prices),
        onFargate("Fargate Spot", workload, 1, prices),
        onInstances(onEc2, workload, prices),
        onInstances({ platform: "EKS on EC2", kind: "eks", packing, extra: [controlPlane] }, workload, prices),
    ];
}

interface Instances {
    readonly platform: Platform;
    readonly kind: "ecs" | "eks";
    readonly packing: Packing;
    /** What is paid beside the instances. */
    readonly extra: readonly Amount[];
}

type Amount = Part & { readonly unknown: readonly string[] };

function onFargate(platform: Platform, { services }: Workload, spot: number, prices: Prices): PlatformCost {
    const quantities = services.flatMap(({ size, tasks }) =>
        taskQuantities(size, always(tasks * HOURS_PER_MONTH), spot, "fixed", []),
    );
    const pairs = quantities.map(({ key, quantity }) => [key, quantity.expected] as const);
    const tasks = services.reduce((sum, service) => sum + service.tasks, 0);
    return platformCost(platform, [amount(tasks === 1 ? "1 task" : `${tasks} tasks`, pairs, prices)]);
}

/** Instances for the tasks, and for one task more so that a rolling deployment has room; one at least in every zone with a task. */
function onInstances(
    { platform, kind, packing, extra }: Instances,
    { services, zones, endpointZones }: Workload,
    prices: Prices,
): PlatformCost {
    const running = services.filter(({ tasks }) => tasks > 0);
    const architectures = [...new Set(running.map(({ size }) => size.architecture))];
    const instances = architectures.map((architecture, index) => {
        const own = running.filter(({ size }) => size.architecture === architecture);
        const tasks = own.flatMap(({ size, tasks: count }) => Array.from({ length: count }, () => demandOf(size, packing)));
        const system = kind === "eks" && index === 0 ? CORE_DNS : [];
        const packed = instancesFor([...tasks, ...largest(tasks), ...system], ROOM[kind]);
        const instance = cheapest(architecture, prices);
        if (packed === undefined || instance === undefined) {
            const types = INSTANCES[architecture].map(({ type }) => type).join(", ");
            const isTooLarge = ({ size }: Running) => instancesFor([demandOf(size, packing)], ROOM[kind]) === undefined;
            const reasons =
                packed === undefined
                    ? own
                          .filter(isTooLarge)
                          .map(({ name, size }) => `a task of ${name} (${describeSize(size)}) is larger than ${types}`)
                    : [`no price for ${types}, in ${prices.region}`];
            return { what: `instances for ${architecture}`, monthlyUsd: undefined, unknown: reasons };
        }
        const count = Math.max(packed, Math.min(zones, tasks.length));
        const volumes = ["ebsGp3GbMonth", count * VOLUME_GB[kind]] as const;
        return amount(`${count} × ${instance.type}`, [[instance.key, count * HOURS_PER_MONTH], volumes], prices);
    });
    const zoneHours = EXTRA_ENDPOINTS[kind].length * endpointZones * HOURS_PER_MONTH;
    const endpoints = amount(`endpoints ${EXTRA_ENDPOINTS[kind].join(", ")}`, [["endpointZoneHour", zoneHours]], prices);
    return platformCost(platform, [...extra, ...instances, ...(zoneHours > 0 ? [endpoints] : [])]);
}

function demandOf({ vcpu, memoryGb }: TaskSize, packing: Packing): Demand {
    return { cpuUnits: packing === "reserved" ? vcpu * 1024 : 0, memoryMiB: memoryGb * 1024 };
}

function largest(demands: readonly Demand[]): readonly Demand[] {
    return [...demands].sort((a, b) => b.cpuUnits - a.cpuUnits || b.memoryMiB - a.memoryMiB).slice(0, 1);
}

function cheapest(architecture: TaskSize["architecture"], prices: Prices): { type: string; key: PriceKey } | undefined {
    const priced = INSTANCES[architecture].flatMap(instance => {
        const usd = prices.of(instance.key)?.usd;
        return usd === undefined ? [] : [{ ...instance, usd }];
    });
    return priced.sort((a, b) => a.usd - b.usd)[0];
}

function amount(what: string, quantities: readonly (readonly [PriceKey, number])[], prices: Prices): Amount {
    const lines = quantities.map(([key, quantity]) =>
        priceLine(what, { key, part: "fixed", quantity: always(quantity), assumes: [] }, prices),
    );
    const unknown = lines
        .filter(({ price }) => price === undefined)
        .map(({ key }) => `no price for ${PRICE_LABELS[key]}, in ${prices.region}`);
    const known = lines.flatMap(({ monthlyUsd }) => monthlyUsd ?? []);
    return { what, monthlyUsd: unknown.length > 0 ? undefined : addAll(known).expected, unknown };
}

function platformCost(platform: Platform, amounts: readonly Amount[]): PlatformCost {
    const parts = amounts.map(({ what, monthlyUsd }) => ({ what, monthlyUsd }));
    const unknown = [...new Set(amounts.flatMap(part => part.unknown))];
    const monthlyUsd = unknown.length > 0 ? undefined : parts.reduce((sum, part) => sum + (part.monthlyUsd ?? 0), 0);
    return { platform, parts, monthlyUsd, unknown };
}
