import assert from "node:assert/strict";
import fc from "fast-check";
import { GivenNetwork, networkProblems, onePerZone } from "../../model/given-network";

const table = { id: "rtb-1", vpcId: "vpc-1", isPublic: false };
const subnet = (id: string, zone: string, more = {}) => ({
    id,
    vpcId: "vpc-1",
    zone,
    zoneId: `apne2-az${zone}`,
    cidr: "10.0.0.0/24",
    ...more,
});
const task = (id: string, zone: string, more = {}) => ({ ...subnet(id, zone), table, ...more });
const network = (changes: Partial<GivenNetwork> = {}): GivenNetwork => ({
    at: "fargate:network",
    vpcId: "vpc-1",
    egress: "endpoints",
    vpc: { enableDnsHostnames: true, enableDnsSupport: true },
    publicSubnets: [subnet("subnet-1", "a"), subnet("subnet-2", "b")],
    balanced: [],
    privateSubnets: [task("subnet-3", "a"), task("subnet-4", "b")],
    privateRouteTables: [table],
    ...changes,
});
const problems = (changes: Partial<GivenNetwork>) => networkProblems(network(changes));

describe("subnets for interface endpoints", () => {
    const six = ["a", "a", "b", "b", "c", "c"].map((zone, index) => ({ id: `subnet-${index}`, zone }));

    it("are one a zone, the first of each as they are written", () => {
        const ids = (subnets: typeof six) => onePerZone(subnets).map(({ id }) => id);
        assert.deepEqual(ids(six), ["subnet-0", "subnet-2", "subnet-4"]);
        assert.deepEqual(ids(six.toReversed()), ["subnet-5", "subnet-3", "subnet-1"]);
    });

    it("are the first ones wherever AWS took these, so that no endpoint of a stack that exists moves", () => {
        const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 8 });
        fc.assert(
            fc.property(list, fc.integer({ min: 1, max: 8 }), (zones, count) => {
                const subnets = zones.map((zone, index) => ({ id: `subnet-${index}`, zone }));
                const firsts = subnets.slice(0, count);
                fc.pre(new Set(firsts.map(({ zone }) => zone)).size === firsts.length);
                assert.deepEqual(onePerZone(subnets).slice(0, count), firsts);
            }),
            { seed: 12 },
        );
    });
});

describe("a VPC that exists already", () => {
    it("is accepted with one public subnet a zone, and any number of private ones", () => {
        assert.deepEqual(problems({}), []);
        assert.deepEqual(
            problems({ privateSubnets: ["a", "a", "b", "b"].map((zone, index) => task(`subnet-${index}`, zone)) }),
            [],
        );
    });

    it("is refused with subnets and route tables of another one", () => {
        const foreign = { vpcId: "vpc-2" };
        assert.deepEqual(
            problems({
                publicSubnets: [subnet("subnet-1", "a", foreign), subnet("subnet-2", "b")],
                privateSubnets: [task("subnet-3", "a", foreign)],
                privateRouteTables: [{ ...table, ...foreign }],
            }),
            [
                "fargate:network.publicSubnetIds: found subnet-1, which is in vpc-2. Allowed: subnets of fargate:network.vpcId, which is vpc-1.",
                "fargate:network.privateSubnetIds: found subnet-3, which is in vpc-2. Allowed: subnets of fargate:network.vpcId, which is vpc-1.",
                "fargate:network.privateRouteTableIds: found rtb-1, which is in vpc-2. Allowed: route tables of fargate:network.vpcId, which is vpc-1.",
            ],
        );
    });

    it("is refused with two public subnets in one zone, and with one that is too small for a load balancer", () => {
        assert.deepEqual(problems({ publicSubnets: [subnet("subnet-1", "a"), subnet("subnet-2", "a")] }), [
            "fargate:network.publicSubnetIds: found subnet-2 and subnet-1, both in a. Allowed: one subnet a zone, which is all that a load balancer takes.",
        ]);
        const small = subnet("subnet-2", "b", { cidr: "10.0.0.0/28" });
        assert.deepEqual(problems({ publicSubnets: [subnet("subnet-1", "a"), small] }), [
            "fargate:network.publicSubnetIds: found subnet-2, a 10.0.0.0/28. Allowed: blocks of /27 or larger, which a load balancer needs.",
        ]);
    });

    it("is refused with tasks in a zone without Fargate", () => {
        assert.deepEqual(problems({ privateSubnets: [task("subnet-3", "ap-northeast-1a", { zoneId: "apne1-az3" })] }), [
            "fargate:network.privateSubnetIds: found subnet-3 in ap-northeast-1a (apne1-az3). Allowed: subnets in zones that have Fargate.",
        ]);
    });

    it("is refused with a public subnet given as a private one, whose tasks would have no way out, unless endpoints are one", () => {
        const privateSubnets = [task("subnet-3", "a", { table: { ...table, isPublic: true } })];
        assert.match(
            problems({ egress: "existing", privateSubnets }).join(),
            /found subnet-3, whose way out is the internet gateway \(rtb-1\)/,
        );
        assert.deepEqual(problems({ privateSubnets }), []);
    });

    it("is refused with endpoints where names cannot lead to them, or where a private subnet has another route table", () => {
        for (const vpc of [
            { enableDnsHostnames: false, enableDnsSupport: true },
            { enableDnsHostnames: true, enableDnsSupport: false },
        ]) {
            assert.match(
                problems({ vpc }).join(),
                /^fargate:network\.egress: found endpoints in vpc-1 without DNS\. Allowed: a VPC with/,
            );
            assert.deepEqual(problems({ vpc, egress: "existing", privateRouteTables: [] }), []);
        }
        const privateSubnets = [task("subnet-3", "a"), task("subnet-4", "b", { table: { ...table, id: "rtb-2" } })];
        assert.match(
            problems({ privateSubnets }).join(),
            /^fargate:network\.privateRouteTableIds: found no rtb-2, which subnet-4 uses\./,
        );
    });
});
