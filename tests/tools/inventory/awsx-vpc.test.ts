import assert from "node:assert/strict";
import { VpcChild, VpcSpec, vpcChildren } from "../../../tools/inventory/awsx-vpc";

const spec: VpcSpec = {
    name: "network",
    cidrBlock: "10.20.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    subnets: [
        { type: "Public", name: "public", cidrBlocks: ["10.20.128.0/21", "10.20.136.0/21"] },
        { type: "Private", name: "private", cidrBlocks: ["10.20.0.0/20", "10.20.16.0/20"] },
    ],
    natStrategy: "None",
};

describe("the children of an awsx VPC", () => {
    it("are the VPC, its internet gateway and, a zone and spec, a subnet with a route table of its own", () => {
        assert.deepEqual(list(spec), [
            "vpc network < -",
            "internetGateway network < network",
            "subnet network-public-1 < network",
            "routeTable network-public-1 < network-public-1",
            "routeTableAssociation network-public-1 < network-public-1",
            "route network-public-1 < network-public-1",
            "subnet network-private-1 < network",
            "routeTable network-private-1 < network-private-1",
            "routeTableAssociation network-private-1 < network-private-1",
            "subnet network-public-2 < network",
            "routeTable network-public-2 < network-public-2",
            "routeTableAssociation network-public-2 < network-public-2",
            "route network-public-2 < network-public-2",
            "subnet network-private-2 < network",
            "routeTable network-private-2 < network-private-2",
            "routeTableAssociation network-private-2 < network-private-2",
        ]);
    });

    it("hang where awsx hangs them: table below subnet, association and route below table", () => {
        const parentType = (type: string) =>
            new Set(
                vpcChildren(spec)
                    .filter(is(type))
                    .map(({ parent }) => parent?.type),
            );
        assert.deepEqual(parentType("subnet"), new Set(["aws:ec2/vpc:Vpc"]));
        assert.deepEqual(parentType("internetGateway"), new Set(["aws:ec2/vpc:Vpc"]));
        assert.deepEqual(parentType("routeTable"), new Set(["aws:ec2/subnet:Subnet"]));
        assert.deepEqual(parentType("routeTableAssociation"), new Set(["aws:ec2/routeTable:RouteTable"]));
        assert.deepEqual(parentType("route"), new Set(["aws:ec2/routeTable:RouteTable"]));
    });

    it("have AWS's types, and inputs that may be empty", () => {
        for (const { type, inputs: given } of vpcChildren({ ...spec, natStrategy: "OnePerAz" })) {
            const [, module = "", name = ""] = /^aws:ec2\/(\w+):(\w+)$/.exec(type) ?? [];
            assert.equal(module, `${name.charAt(0).toLowerCase()}${name.slice(1)}`, type);
            assert.equal(typeof given, "object", type);
        }
    });

    it("have exactly the blocks and zones of the specs, and no public address", () => {
        assert.deepEqual(inputs(spec, "vpc"), [{ cidrBlock: "10.20.0.0/16" }]);
        assert.deepEqual(inputs(spec, "subnet"), [
            { availabilityZone: "eu-west-1a", cidrBlock: "10.20.128.0/21", mapPublicIpOnLaunch: false },
            { availabilityZone: "eu-west-1a", cidrBlock: "10.20.0.0/20", mapPublicIpOnLaunch: false },
            { availabilityZone: "eu-west-1b", cidrBlock: "10.20.136.0/21", mapPublicIpOnLaunch: false },
            { availabilityZone: "eu-west-1b", cidrBlock: "10.20.16.0/20", mapPublicIpOnLaunch: false },
        ]);
    });

    it("have a route to the internet from public subnets alone where there is no NAT gateway", () => {
        assert.deepEqual(inputs(spec, "route"), [
            { destinationCidrBlock: "0.0.0.0/0", target: "internet gateway" },
            { destinationCidrBlock: "0.0.0.0/0", target: "internet gateway" },
        ]);
        assert.deepEqual(inputs(spec, "natGateway"), []);
        assert.deepEqual(inputs(spec, "eip"), []);
    });

    it("have one NAT gateway in the first zone that all private subnets share", () => {
        const single = { ...spec, natStrategy: "Single" } as const;
        assert.deepEqual(added(single), [
            "eip network-1 < network-public-1",
            "natGateway network-1 < network-public-1",
            "route network-private-1 < network-private-1",
            "route network-private-2 < network-private-2",
        ]);
        assert.deepEqual(inputs(single, "natGateway"), [{ availabilityZone: "eu-west-1a" }]);
        assert.deepEqual(
            inputs(single, "route")
                .map(({ target }) => target)
                .sort(),
            ["NAT gateway", "NAT gateway", "internet gateway", "internet gateway"],
        );
    });

    it("have a NAT gateway with an address of its own in each zone where that is asked for", () => {
        const perZone = { ...spec, natStrategy: "OnePerAz" } as const;
        assert.deepEqual(added(perZone), [
            "eip network-1 < network-public-1",
            "natGateway network-1 < network-public-1",
            "route network-private-1 < network-private-1",
            "eip network-2 < network-public-2",
            "natGateway network-2 < network-public-2",
            "route network-private-2 < network-private-2",
        ]);
        assert.deepEqual(inputs(perZone, "natGateway"), [{ availabilityZone: "eu-west-1a" }, { availabilityZone: "eu-west-1b" }]);
    });

    it("stay as they are when a zone is appended", () => {
        const wider = {
            ...spec,
            zones: [...spec.zones, "eu-west-1c"],
            subnets: spec.subnets.map(subnet => ({ ...subnet, cidrBlocks: [...subnet.cidrBlocks, "10.20.32.0/20"] })),
        };
        assert.deepEqual(vpcChildren(wider).slice(0, vpcChildren(spec).length), vpcChildren(spec));
    });
});

function is(type: string): (child: VpcChild) => boolean {
    return child => child.type.startsWith(`aws:ec2/${type}:`);
}

function inputs(of: VpcSpec, type: string): VpcChild["inputs"][] {
    return vpcChildren(of)
        .filter(is(type))
        .map(child => child.inputs);
}

function list(of: VpcSpec): string[] {
    return vpcChildren(of).map(({ type, name, parent }) => `${type.split(/[/:]/)[2] ?? ""} ${name} < ${parent?.name ?? "-"}`);
}

/** What there is beside the children of a VPC without NAT gateways. */
function added(of: VpcSpec): string[] {
    const without = new Set(list(spec));
    return list(of).filter(line => !without.has(line));
}
