import type { PriceKey } from "../prices/prices";

/** What tasks ask of an instance. */
export interface Demand {
    readonly cpuUnits: number;
    readonly memoryMiB: number;
}

/** Room on one instance. */
export interface Room extends Demand {
    readonly tasks: number;
}

/** Instance types of the price table, all with 2 vCPU and 8 GiB, by the architecture of the tasks they can run. */
export const INSTANCES: Readonly<Record<"ARM64" | "X86_64", readonly { readonly type: string; readonly key: PriceKey }[]>> = {
    X86_64: [{ type: "m5.large", key: "m5LargeHour" }],
    ARM64: [
        { type: "m6g.large", key: "m6gLargeHour" },
        { type: "m7g.large", key: "m7gLargeHour" },
    ],
};

const CPU_UNITS = 2048;
/** What Linux sees of 8 GiB (Amazon ECS developer guide, "Reserving Amazon ECS Linux container instance memory"). */
const MEMORY_MIB = 7985;

/** `ECS_RESERVED_MEMORY=256`, the guide's own example, is kept for the agent and the system. */
const ECS_RESERVED_MIB = 256;
/** Tasks with an interface of their own when `awsvpcTrunking` is on; two when it is off (same guide, "… network interfaces", for a .large). */
const ECS_TASKS = 10;

/** Pods of a .large: 3 interfaces of 10 addresses (amazon-vpc-resource-controller-k8s, limits.go). */
const EKS_PODS = 3 * (10 - 1) + 2;
/** Kept by the node: 255 MiB and 11 MiB a pod, 100 MiB before eviction, 70 thousandths of a vCPU (amazon-eks-ami, bootstrap). */
const EKS_RESERVED = { memoryMiB: 255 + 11 * EKS_PODS + 100, cpuUnits: milli(70) };
/** On every node: VPC CNI with 50, kube-proxy with 100 thousandths of a vCPU (requests of the add-ons). */
const EKS_DAEMONS = { pods: 2, cpuUnits: milli(150) };
/** Once a cluster: CoreDNS, twice. */
export const CORE_DNS: readonly Demand[] = [1, 2].map(() => ({ cpuUnits: milli(100), memoryMiB: 70 }));

export const ROOM: Readonly<Record<"ecs" | "eks", Room>> = {
    ecs: { cpuUnits: CPU_UNITS, memoryMiB: MEMORY_MIB - ECS_RESERVED_MIB, tasks: ECS_TASKS },
    eks: {
        cpuUnits: CPU_UNITS - EKS_RESERVED.cpuUnits - EKS_DAEMONS.cpuUnits,
        memoryMiB: MEMORY_MIB - EKS_RESERVED.memoryMiB,
        tasks: EKS_PODS - EKS_DAEMONS.pods,
    },
};

/** Root volume in GB (ECS-optimized AMI; default of an EKS managed node group). */
export const VOLUME_GB = { ecs: 30, eks: 20 };

/** Interface endpoints that instances without internet need and Fargate does not. */
export const EXTRA_ENDPOINTS = {
    /** Amazon ECS developer guide, "Amazon ECS interface VPC endpoints". */
    ecs: ["ecs", "ecs-agent", "ecs-telemetry"],
    /** Amazon EKS user guide, "Deploy private clusters with limited internet access": nodes, roles of pods, load balancers. */
    eks: ["ec2", "sts", "elasticloadbalancing"],
};

/** Instances that hold these tasks, first fit by decreasing size; undefined where one task is larger than an instance. */
export function instancesFor(tasks: readonly Demand[], room: Room): number | undefined {
    const bins: { cpuUnits: number; memoryMiB: number; tasks: number }[] = [];
    const share = (task: Demand) => Math.max(task.cpuUnits / room.cpuUnits, task.memoryMiB / room.memoryMiB);
    for (const task of [...tasks].sort((a, b) => share(b) - share(a))) {
        if (share(task) > 1) return undefined;
        let bin = bins.find(
            ({ cpuUnits, memoryMiB, tasks: left }) => cpuUnits >= task.cpuUnits && memoryMiB >= task.memoryMiB && left >= 1,
        );
        if (bin === undefined) bins.push((bin = { ...room }));
        bin.cpuUnits -= task.cpuUnits;
        bin.memoryMiB -= task.memoryMiB;
        bin.tasks -= 1;
    }
    return bins.length;
}

/** CPU units of ECS, 1024 a vCPU, from Kubernetes' thousandths. */
function milli(cpu: number): number {
    return (cpu * 1024) / 1000;
}
