import assert from "node:assert/strict";
import { Network, NetworkArgs } from "../../components/network";
import { cached, declare } from "../support/declared";

const CREATED = { kind: "created", cidr: "10.20.0.0/16", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] } as const;
const EXISTING = {
    kind: "existing",
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-1", "subnet-2"],
    privateSubnetIds: ["subnet-3", "subnet-4"],
    privateRouteTableIds: ["rtb-1"],
    egress: "existing",
    endpointZones: 1,
} as const;
const EGRESS = ["endpoints", "nat", "nat-per-zone"] as const;

/** The inputs of the awsx VPC, as far as the tests look at them. */
interface VpcInputs {
    readonly subnetSpecs: readonly { readonly type: string; readonly name: string; readonly cidrBlocks: readonly string[] }[];
    readonly natGateways: { readonly strategy: string };
}

const made = cached((args: NetworkArgs) =>
    declare(() => {
        const { vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds, egressReady } = new Network("network", args);
        return { vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds, ready: egressReady.length };
    }),
);

describe("the network", () => {
    it("is a VPC and its default group", async () => {
        const { list } = await made({ ...CREATED, egress: "endpoints" });
        assert.deepEqual(list, ["Network network", "awsx.Vpc network", "ec2.DefaultSecurityGroup network-default-group"]);
    });

    it("is nothing of its own where the VPC exists already", async () => {
        const { outputs, list } = await made(EXISTING);
        assert.deepEqual(list, ["Network network"]);
        assert.deepEqual(outputs, {
            vpcId: "vpc-1",
            publicSubnetIds: ["subnet-1", "subnet-2"],
            privateSubnetIds: ["subnet-3", "subnet-4"],
            privateRouteTableIds: ["rtb-1"],
            ready: 0,
        });
    });

    it("has no NAT gateway with endpoints, one with nat, and one a zone with nat-per-zone", async () => {
        const strategies = [];
        for (const egress of EGRESS) strategies.push((await vpc(egress)).natGateways.strategy);
        assert.deepEqual(strategies, ["None", "Single", "OnePerAz"]);
    });

    it("has the same private subnets in every mode, so that another egress replaces no subnet and no service", async () => {
        const modes = [];
        for (const egress of EGRESS) modes.push({ ...(await vpc(egress)), natGateways: undefined });
        assert.deepEqual(modes[1], modes[0]);
        assert.deepEqual(modes[2], modes[0]);
    });

    it("is laid out by explicit blocks and zones, so that it is known before anything runs and never moves", async () => {
        assert.deepEqual(await vpc("endpoints"), {
            cidrBlock: "10.20.0.0/16",
            availabilityZoneNames: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
            subnetStrategy: "Auto",
            subnetSpecs: [
                { type: "Public", name: "public", cidrBlocks: ["10.20.128.0/21", "10.20.136.0/21", "10.20.144.0/21"] },
                { type: "Private", name: "private", cidrBlocks: ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"] },
            ],
            natGateways: { strategy: "None" },
            enableDnsHostnames: true,
            enableDnsSupport: true,
        });
    });

    it("takes the rules away from the VPC's default group", async () => {
        const declared = await made({ ...CREATED, egress: "nat" });
        assert.deepEqual(declared.inputs("ec2.DefaultSecurityGroup network-default-group"), { vpcId: "Vpc:network" });
    });

    it("tells subnets by kind, route tables of the private ones alone, and what tasks wait for to get out", async () => {
        const { outputs } = await made({ ...CREATED, egress: "nat" });
        assert.deepEqual(outputs, {
            vpcId: "Vpc:network",
            publicSubnetIds: ["Vpc:network-public-1", "Vpc:network-public-2", "Vpc:network-public-3"],
            privateSubnetIds: ["Vpc:network-private-1", "Vpc:network-private-2", "Vpc:network-private-3"],
            privateRouteTableIds: ["Vpc:network-private-1-table", "Vpc:network-private-2-table", "Vpc:network-private-3-table"],
            ready: 1,
        });
    });

    it("shows its plain arguments in a preview", async () => {
        const declared = await made({ ...CREATED, egress: "nat" });
        assert.deepEqual(declared.inputs("Network network"), { ...CREATED, egress: "nat" });
    });
});

async function vpc(egress: (typeof EGRESS)[number]): Promise<VpcInputs> {
    const declared = await made({ ...CREATED, egress });
    return declared.inputs("awsx.Vpc network") as unknown as VpcInputs;
}
