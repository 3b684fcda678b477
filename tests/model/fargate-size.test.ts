import assert from "node:assert/strict";
import { CPU_UNITS, describeMemory, isLegalSize, legalMemory } from "../../model/fargate-size";

/** Memory in MiB by CPU units, typed from the Amazon ECS developer guide ("Task CPU and memory"). */
const GUIDE: Readonly<Record<number, readonly number[]>> = {
    256: [512, 1024, 2048],
    512: [1024, 2048, 3072, 4096],
    1024: [2048, 3072, 4096, 5120, 6144, 7168, 8192],
    2048: steps(4096, 16_384, 1024),
    4096: steps(8192, 30_720, 1024),
    8192: steps(16_384, 61_440, 4096),
    16384: steps(32_768, 122_880, 8192),
    32768: [61_440, 122_880, 249_856],
};

describe("a Fargate size", () => {
    it("has one of the CPU units of the guide", () => {
        assert.deepEqual(CPU_UNITS, Object.keys(GUIDE).map(Number));
    });

    it("is accepted where the guide has it, and refused everywhere else", () => {
        for (const cpu of [...Object.keys(GUIDE).map(Number), 0, 128, 255, 257, 768, 3072, 65_536]) {
            const legal = new Set(GUIDE[cpu] ?? []);
            for (let memory = 0; memory <= 262_144; memory += 128) assert.equal(isLegalSize(cpu, memory), legal.has(memory));
            for (const memory of legal) for (const near of [memory - 1, memory + 1]) assert.ok(!isLegalSize(cpu, near));
        }
    });

    it("has no memory for CPU units that are none of Fargate's", () => {
        assert.deepEqual(legalMemory(300), []);
        assert.equal(describeMemory(300), "");
    });

    it("is told as a person would write it", () => {
        assert.equal(describeMemory(256), "512, 1024, 2048");
        assert.equal(describeMemory(512), "1024 to 4096 in steps of 1024");
        assert.equal(describeMemory(8192), "16384 to 61440 in steps of 4096");
        assert.equal(describeMemory(32768), "61440, 122880, 249856");
    });
});

function steps(from: number, to: number, by: number): number[] {
    const values = [];
    for (let value = from; value <= to; value += by) values.push(value);
    return values;
}
