import assert from "node:assert/strict";
import { Call } from "../../tools/inventory/recorder";
import { WEB } from "../support/given";
import { absent, found, refused } from "./found";

const VPC = "vpc-0123456789abcdef0";
const subnetId = (index: number) => `subnet-${String(index).padStart(17, "0")}`;
const PUBLIC = [subnetId(1), subnetId(2)];
const PRIVATE = [3, 4, 5, 6, 7, 8].map(subnetId);
const MAIN = "rtb-00000000000000000";
const OWN = "rtb-00000000000000001";
const network = {
    vpcId: VPC,
    publicSubnetIds: PUBLIC,
    privateSubnetIds: PRIVATE,
    privateRouteTableIds: [MAIN, OWN],
    egress: "endpoints",
};

/** Two subnets a zone, public ones in two; the last subnet has a route table of its own. */
const ZONES: Readonly<Record<string, string>> = Object.fromEntries(
    [...["a", "b"], ...["a", "a", "b", "b", "c", "c"]].map((zone, index) => [subnetId(index + 1), zone]),
);
const answers = (zones = ZONES, gateway = "nat-1"): Record<string, Call> => ({
    "aws:ec2/getVpc:getVpc": () => ({ enableDnsHostnames: true, enableDnsSupport: true, mainRouteTableId: MAIN }),
    "aws:ec2/getSubnet:getSubnet": ({ id }) => {
        const zone = zones[String(id)];
        if (zone === undefined) throw new Error(`no matching EC2 Subnet found: ${String(id)}`);
        return {
            vpcId: VPC,
            availabilityZone: `ap-northeast-2${zone}`,
            availabilityZoneId: `apne2-az${zone}`,
            cidrBlock: "10.0.0.0/24",
        };
    },
    "aws:ec2/getRouteTables:getRouteTables": ({ filters }) => {
        const [{ name = "", values = [] } = {}] = filters as { name?: string; values?: string[] }[];
        assert.equal(name, "association.subnet-id");
        return { ids: values[0] === subnetId(8) ? [OWN] : [] };
    },
    "aws:ec2/getRouteTable:getRouteTable": () => ({ vpcId: VPC, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway }] }),
});

describe("subnets that are given", () => {
    it("are asked for their zones: endpoints get the first of each, for as many zones as are wanted", async () => {
        const ids = async (endpointZones: number) =>
            (await found({ network: { ...network, endpointZones } }, answers())).endpointSubnetIds;
        assert.deepEqual(await ids(6), [subnetId(3), subnetId(5), subnetId(7)]);
        assert.deepEqual(await ids(1), [subnetId(3)]);
    });

    it("are one a zone of the private ones for an internal load balancer, which asks for no public ones", async () => {
        const loadBalancer = { internal: true, allowCidrs: ["10.0.0.0/8"] };
        const { publicSubnetIds: _, ...own } = network;
        const { [subnetId(1)]: _one, [subnetId(2)]: _two, ...zones } = ZONES;
        const { zoneSubnetIds } = await found({ network: { ...own, endpointZones: 1 }, loadBalancer }, answers(zones));
        assert.deepEqual(zoneSubnetIds, [subnetId(3), subnetId(5), subnetId(7)]);
        const oneZone = Object.fromEntries(PRIVATE.map(id => [id, "a"]));
        await refused({ network: { ...own, endpointZones: 1 }, loadBalancer }, answers(oneZone), [
            "fargate:network.privateSubnetIds: found all in ap-northeast-2a. Allowed: subnets in two zones at least, which an internal load balancer needs.",
            "Nothing was created.",
        ]);
    });

    it("are none where the VPC is made", async () => {
        const made = { zones: ["ap-northeast-2a", "ap-northeast-2b"] };
        assert.equal((await found({ network: made })).endpointSubnetIds, undefined);
    });

    it("that do not exist are told, all of them, before anything is made", async () => {
        const { [subnetId(4)]: _, [subnetId(7)]: __, ...zones } = ZONES;
        const line = (id: string) =>
            `fargate:network.privateSubnetIds: ${id} was not found. Allowed: ids of subnets of this account and region. ` +
            `AWS or the registry said: no matching EC2 Subnet found: ${id}. Nothing was created.`;
        await refused({ network }, answers(zones), [line(subnetId(4)), line(subnetId(7))]);
        await refused({ network }, { ...answers(), "aws:ec2/getVpc:getVpc": absent }, [
            /^fargate:network\.vpcId: vpc-0123456789abcdef0 was not found/,
        ]);
    });

    it("are told where they do not suit each other, before anything is made", async () => {
        await refused({ network }, answers({ ...ZONES, [subnetId(2)]: "a" }), [
            new RegExp(`^fargate:network\\.publicSubnetIds: found ${subnetId(2)} and ${subnetId(1)}, both in ap-northeast-2a\\.`),
            "Nothing was created.",
        ]);
    });

    it("are no matter for a load balancer where nothing has a route", async () => {
        const services = { web: { ...WEB, route: undefined } };
        await found({ network, services }, answers({ ...ZONES, [subnetId(2)]: "a" }));
    });

    it("are read for their way out, each by its own route table or else the VPC's main one", async () => {
        const { privateRouteTableIds: _, ...others } = network;
        const existing = { ...others, egress: "existing" };
        await found({ network: existing }, answers());
        await refused({ network: existing }, answers(ZONES, "igw-1"), [
            ...PRIVATE.map(
                id => new RegExp(`found ${id}, whose way out is the internet gateway \\(${id === subnetId(8) ? OWN : MAIN}\\)`),
            ),
            "Nothing was created.",
        ]);
        await refused({ network: { ...network, privateRouteTableIds: [MAIN] } }, answers(), [
            new RegExp(`found no ${OWN}, which ${subnetId(8)} uses`),
            "Nothing was created.",
        ]);
    });
});
