import * as assert from "node:assert/strict";
import { VpcArgs, vpcArgs } from "../../../../tools/sandbox/engine/node/vpc";

const ZONES = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];
const ARGS = {
    cidrBlock: "10.1.0.0/16",
    availabilityZoneNames: ZONES,
    subnetStrategy: "Auto",
    subnetSpecs: [
        { type: "Public", name: "public", cidrBlocks: ["10.1.0.0/24", "10.1.1.0/24", "10.1.2.0/24"] },
        { type: "Private", name: "private", cidrBlocks: ["10.1.16.0/20", "10.1.32.0/20", "10.1.48.0/20"] },
    ],
    enableDnsHostnames: true,
    enableDnsSupport: true,
};

/** What it makes of them is shown on the engine, by tests/engine/stack.test.ts. */
describe("the stand-in for awsx's VPC", () => {
    it("takes what the network component declares", () => {
        assert.equal(vpcArgs(ARGS), ARGS);
    });

    for (const [what, changed, message] of [
        [
            "an argument that only the plugin knows",
            { assignGeneratedIpv6CidrBlock: true },
            /does not know assignGeneratedIpv6CidrBlock/,
        ],
        ["a VPC without zones", { availabilityZoneNames: undefined }, /needs availabilityZoneNames/],
        ["a VPC without subnets", { subnetSpecs: [] }, /needs subnetSpecs/],
        [
            "subnets without a block for each zone",
            { subnetSpecs: [{ type: "Public", cidrBlocks: ["10.1.0.0/24"] }] },
            /a zone for Public/,
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(() => vpcArgs({ ...ARGS, ...(changed as Partial<VpcArgs>) }), message);
        });
    }
});
