import { ContainerArgs, ContainerHealth, Dependencies, StartOptions, containerDefinition } from "./container";

/** A further container of a task, as it is asked for. */
export interface Sidecar extends StartOptions {
    /** It exists already. */
    readonly image: string;
    readonly user: string;
    readonly writablePaths: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    /** ARNs by the name of the variable. */
    readonly secrets: Readonly<Record<string, string>>;
    /** Whether the task ends with it. */
    readonly essential: boolean;
    /**
     * CPU units that it has of the task's.
     *
     * @default containers without a number share what is left
     */
    readonly cpu?: number;
    /**
     * Memory that it is ended at, in MiB.
     *
     * @default the task's
     */
    readonly memoryMiB?: number;
    readonly port?: number;
    /**
     * How it shows that it is healthy.
     *
     * @default it is while it runs
     */
    readonly health?: ContainerHealth;
    readonly dependsOn?: Dependencies;
    /**
     * Seconds between SIGTERM and SIGKILL.
     *
     * @default as long as the task's own container
     */
    readonly stopTimeoutSeconds?: number;
}

export type Sidecars = Readonly<Record<string, Sidecar>>;

export interface TaskContainers<Text> extends Omit<ContainerArgs<Text>, "cpuShare" | "hasMemoryLimit" | "essential"> {
    /** Of the task; 1024 are one vCPU. */
    readonly cpu: number;
    readonly sidecars?: Sidecars;
}

/** A task's own container, and behind it the sidecars by name: in the form that ECS returns them. */
export function containerDefinitions<Text>(task: TaskContainers<Text>): object[] {
    const sidecars = sidecarsByName(task.sidecars);
    const reserved = sum(sidecars.map(([, { cpu = 0 }]) => cpu));
    return [
        // Beside a container with a number, one without has next to none of a busy CPU (Amazon ECS API reference, `ContainerDefinition.cpu`).
        containerDefinition({ ...task, cpuShare: reserved === 0 ? undefined : task.cpu - reserved }),
        ...sidecars.map(([name, sidecar]) =>
            containerDefinition({
                ...sidecar,
                name,
                memoryMiB: sidecar.memoryMiB ?? task.memoryMiB,
                hasMemoryLimit: sidecar.memoryMiB !== undefined,
                cpuShare: sidecar.cpu,
                stopTimeoutSeconds: sidecar.stopTimeoutSeconds ?? task.stopTimeoutSeconds,
                logGroup: task.logGroup,
                region: task.region,
            }),
        ),
    ];
}

export function sidecarsByName(sidecars: Sidecars | undefined): [string, Sidecar][] {
    return Object.entries(sidecars ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

export function sum(numbers: readonly number[]): number {
    return numbers.reduce((all, one) => all + one, 0);
}
