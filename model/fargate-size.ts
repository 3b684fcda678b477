/**
 * The sizes that Fargate offers for Linux tasks
 * (Amazon ECS developer guide, "Fargate task definition considerations", Task CPU and memory).
 */

const GIB = 1024;

/** Memory in MiB for each number of CPU units; 1024 units are one vCPU. */
const MEMORY: ReadonlyMap<number, readonly number[]> = new Map([
    [256, [512, 1 * GIB, 2 * GIB]],
    [512, range(1 * GIB, 4 * GIB, 1 * GIB)],
    [1024, range(2 * GIB, 8 * GIB, 1 * GIB)],
    [2048, range(4 * GIB, 16 * GIB, 1 * GIB)],
    [4096, range(8 * GIB, 30 * GIB, 1 * GIB)],
    [8192, range(16 * GIB, 60 * GIB, 4 * GIB)],
    [16384, range(32 * GIB, 120 * GIB, 8 * GIB)],
    [32768, [60 * GIB, 120 * GIB, 244 * GIB]],
]);

/** CPU units that a task may have. */
export const CPU_UNITS: readonly number[] = [...MEMORY.keys()];

/** Memories in MiB that go with `cpu` units; empty where `cpu` is none of Fargate's. */
export function legalMemory(cpu: number): readonly number[] {
    return MEMORY.get(cpu) ?? [];
}

export function isLegalSize(cpu: number, memoryMiB: number): boolean {
    return legalMemory(cpu).includes(memoryMiB);
}

/** A list of memories as a person would write it: single values, or `2048 to 8192 in steps of 1024`. */
export function describeMemory(cpu: number): string {
    const values = legalMemory(cpu);
    const [first, second] = values;
    if (first === undefined || second === undefined || values.length <= 3) return values.join(", ");
    return `${first} to ${values[values.length - 1] ?? first} in steps of ${second - first}`;
}

function range(from: number, to: number, step: number): number[] {
    return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
