import assert from "node:assert/strict";
import fc from "fast-check";
import { Cidr, contains, formatCidr, parseCidr, size } from "../../model/cidr";
import { LARGEST_PREFIX, MAX_ZONES, SMALLEST_PREFIX, subnetBlocks } from "../../model/subnets";

const vpc = fc
    .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 16, max: 22 }))
    .map(([address, prefix]): Cidr => ({ base: address - (address % 2 ** (32 - prefix)), prefix }));
const zones = fc.integer({ min: 1, max: 8 });

describe("the subnets of a VPC", () => {
    it("are one private and one public block a zone", () => {
        fc.assert(
            fc.property(vpc, zones, (cidr, count) => {
                const blocks = cut(cidr, count);
                assert.equal(blocks.private.length, count);
                assert.equal(blocks.public.length, count);
            }),
        );
    });

    it("never overlap", () => {
        fc.assert(
            fc.property(vpc, zones, (cidr, count) => {
                const blocks = all(cidr, count);
                for (const [index, block] of blocks.entries()) {
                    for (const other of blocks.slice(index + 1)) assert.ok(!overlap(block, other));
                }
            }),
        );
    });

    it("lie inside the VPC's block, and leave its last quarter to the team", () => {
        fc.assert(
            fc.property(vpc, zones, (cidr, count) => {
                const quarter = { base: cidr.base + size(cidr) * 0.75, prefix: cidr.prefix + 2 };
                for (const block of all(cidr, count)) {
                    assert.ok(contains(cidr, block));
                    assert.ok(!overlap(quarter, block));
                }
            }),
        );
    });

    it("stay where they are when a zone is appended", () => {
        fc.assert(
            fc.property(vpc, fc.integer({ min: 1, max: 7 }), (cidr, count) => {
                const before = cut(cidr, count);
                const after = cut(cidr, count + 1);
                assert.deepEqual(after.private.slice(0, count), before.private);
                assert.deepEqual(after.public.slice(0, count), before.public);
            }),
        );
    });

    it("are a sixteenth of the VPC for tasks and a thirty-second for load balancers, whatever the zones", () => {
        fc.assert(
            fc.property(vpc, zones, (cidr, count) => {
                const { private: forTasks, public: forLoadBalancers } = cut(cidr, count);
                assert.ok(forTasks.map(parse).every(block => size(block) === size(cidr) / 16));
                assert.ok(forLoadBalancers.map(parse).every(block => size(block) === size(cidr) / 32));
            }),
        );
    });

    it("leave a load balancer the /27 that it needs in the smallest VPC", () => {
        assert.equal(parse(subnetBlocks("10.0.0.0/22", 1).public[0] ?? "").prefix, 27);
    });

    it("are these for 10.20.0.0/16 in three zones", () => {
        assert.deepEqual(subnetBlocks("10.20.0.0/16", 3), {
            private: ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"],
            public: ["10.20.128.0/21", "10.20.136.0/21", "10.20.144.0/21"],
        });
    });

    it("exist for a VPC from /16 to /22 in one to eight zones and for nothing else", () => {
        assert.deepEqual([LARGEST_PREFIX, SMALLEST_PREFIX, MAX_ZONES], [16, 22, 8]);
        for (const block of ["10.0.0.0/15", "10.0.0.0/23", "10.0.0.1/16", "ten"]) {
            assert.throws(() => subnetBlocks(block, 2), {
                name: "RangeError",
                message: new RegExp(`/16 to /22, found ${block}`),
            });
        }
        for (const count of [0, -1, 9, 1.5, NaN]) {
            assert.throws(() => subnetBlocks("10.0.0.0/16", count), {
                name: "RangeError",
                message: `a VPC spans 1 to 8 zones, found ${count}`,
            });
        }
        for (const block of ["10.0.0.0/16", "10.0.0.0/22"]) for (const count of [1, 8]) subnetBlocks(block, count);
    });
});

function cut(cidr: Cidr, count: number) {
    return subnetBlocks(formatCidr(cidr), count);
}

function all(cidr: Cidr, count: number): Cidr[] {
    const blocks = cut(cidr, count);
    return [...blocks.private, ...blocks.public].map(parse);
}

function parse(text: string): Cidr {
    const cidr = parseCidr(text);
    assert.ok(cidr !== undefined, `${text} is no block`);
    return cidr;
}

function overlap(a: Cidr, b: Cidr): boolean {
    return a.base < b.base + size(b) && b.base < a.base + size(a);
}
