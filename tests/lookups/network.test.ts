import assert from "node:assert/strict";
import { Call } from "../../tools/inventory/recorder";
import { absent, found, refused } from "./found";

const VPC = "vpc-0123456789abcdef0";
const subnetId = (index: number) => `subnet-${String(index).padStart(17, "0")}`;
const TABLE = "rtb-00000000000000001";
const EXISTING = {
    kind: "existing",
    vpcId: VPC,
    publicSubnetIds: [subnetId(1), subnetId(2)],
    privateSubnetIds: [subnetId(3), subnetId(4)],
    privateRouteTableIds: [TABLE],
    egress: "endpoints",
    endpointZones: 1,
};

const AWS: Readonly<Record<string, Call>> = {
    "aws:ec2/getVpc:getVpc": () => ({ enableDnsHostnames: true, enableDnsSupport: true, mainRouteTableId: TABLE }),
    "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
        vpcId: VPC,
        availabilityZone: `zone of ${String(id)}`,
        availabilityZoneId: "apne2-az1",
        cidrBlock: "10.0.0.0/24",
    }),
    "aws:ec2/getRouteTables:getRouteTables": () => ({ ids: [] }),
    "aws:ec2/getRouteTable:getRouteTable": () => ({ vpcId: VPC, routes: [] }),
};

/** What an environment of AWS Copilot exports: lists with commas. */
const COPILOT: Readonly<Record<string, string>> = {
    "shop-prod-VpcId": VPC,
    "shop-prod-PublicSubnets": `${subnetId(1)},${subnetId(2)}`,
    "shop-prod-PrivateSubnets": `${subnetId(3)}, ${subnetId(4)}`,
    "shop-prod-PrivateRouteTableIDs": `${TABLE},${TABLE}`,
};
const cloudFormation = {
    vpcId: "shop-prod-VpcId",
    publicSubnetIds: "shop-prod-PublicSubnets",
    privateSubnetIds: "shop-prod-PrivateSubnets",
    privateRouteTableIds: "shop-prod-PrivateRouteTableIDs",
};
const exported = (values: Readonly<Record<string, string>>): Record<string, Call> => ({
    ...AWS,
    "aws:cloudformation/getExport:getExport": ({ name }) => {
        const value = values[String(name)];
        return value === undefined ? absent({}, "") : { value };
    },
});

const STACK = "acme/network/prod";
const outputs = (values: Readonly<Record<string, unknown>>, secretOutputNames: readonly string[] = []): Record<string, Call> => ({
    ...AWS,
    "pulumi:pulumi:readStackOutputs": inputs => {
        assert.deepEqual(inputs, { name: STACK });
        return { name: STACK, outputs: values, secretOutputNames };
    },
});
const IDS = {
    vpcId: VPC,
    publicSubnetIds: EXISTING.publicSubnetIds,
    privateSubnetIds: EXISTING.privateSubnetIds,
    privateRouteTableIds: [TABLE],
};

describe("a network of CloudFormation exports", () => {
    it("is the one of the ids that they hold, and leaves no trace of their names", async () => {
        const network = { cloudFormation, egress: "endpoints" };
        const lookups = await found({ network }, exported(COPILOT));
        assert.deepEqual(lookups.network, EXISTING);
        assert.deepEqual(lookups.endpointSubnetIds, [subnetId(3)]);
        const ids = await found({ network: { ...IDS, egress: "endpoints" } }, AWS);
        assert.deepEqual(ids.network, lookups.network);
    });

    it("may name each subnet, as CDK does, and give the id of what is not exported", async () => {
        const name = (part: string) => `Network:ExportsOutputRefVpc${part}B9E5F0B4`;
        const network = {
            cloudFormation: {
                vpcId: name("A"),
                publicSubnetIds: [name("B"), name("C")],
                privateSubnetIds: [name("D"), subnetId(4)],
                privateRouteTableIds: [TABLE],
            },
            egress: "endpoints",
        };
        const values = { [name("A")]: VPC, [name("B")]: subnetId(1), [name("C")]: subnetId(2), [name("D")]: subnetId(3) };
        assert.deepEqual((await found({ network }, exported(values))).network, EXISTING);
    });

    it("says which export is not there, of all of them, and how to list them", async () => {
        const { "shop-prod-VpcId": _, "shop-prod-PublicSubnets": __, ...others } = COPILOT;
        const line = (key: string, name: string) =>
            `fargate:network.cloudFormation.${key}: ${name} was not found. Allowed: names of CloudFormation exports of this account and region ` +
            "(aws cloudformation list-exports --query 'Exports[].Name'). AWS or the registry said: reading ECR Images: empty result. Nothing was created.";
        await refused({ network: { cloudFormation } }, exported(others), [
            line("vpcId", "shop-prod-VpcId"),
            line("publicSubnetIds", "shop-prod-PublicSubnets"),
        ]);
    });

    it("is checked like ids in the file", async () => {
        const values = { ...COPILOT, "shop-prod-VpcId": "main", "shop-prod-PrivateSubnets": "" };
        await refused({ network: { cloudFormation } }, exported(values), [
            "fargate:network.cloudFormation.vpcId: found main, in shop-prod-VpcId. Allowed: a VPC's id: vpc- and 8 or 17 hexadecimal digits.",
            "fargate:network.cloudFormation.privateSubnetIds: found an empty list, in shop-prod-PrivateSubnets. Allowed: one subnet id at least.",
            "Nothing was created.",
        ]);
        await refused({ network: { cloudFormation, endpointZones: 3 } }, exported(COPILOT), [
            "fargate:network.endpointZones: found 3. Allowed: at most 2, the number of zones.",
            "Nothing was created.",
        ]);
        const elsewhere = { ...exported(COPILOT), "aws:ec2/getSubnet:getSubnet": () => ({ ...zone(), vpcId: "vpc-1" }) };
        await refused({ network: { cloudFormation } }, elsewhere, [
            /^fargate:network\.cloudFormation\.publicSubnetIds: found .*subnets of fargate:network\.cloudFormation\.vpcId/,
            /^fargate:network\.cloudFormation\.publicSubnetIds/,
            /^fargate:network\.cloudFormation\.privateSubnetIds/,
            /^fargate:network\.cloudFormation\.privateSubnetIds/,
            /both in ap-northeast-2a/,
            "Nothing was created.",
        ]);
    });
});

function zone() {
    return { availabilityZone: "ap-northeast-2a", availabilityZoneId: "apne2-az1", cidrBlock: "10.0.0.0/24" };
}

describe("a network of another stack's outputs", () => {
    it("is the one of the ids that they hold, under these names or others", async () => {
        assert.deepEqual((await found({ network: { stack: STACK, egress: "endpoints" } }, outputs(IDS))).network, EXISTING);
        const stack = { name: STACK, vpcId: "id", publicSubnetIds: ["a", "b"], privateSubnetIds: "private" };
        const values = { id: VPC, a: subnetId(1), b: [subnetId(2)], private: EXISTING.privateSubnetIds };
        assert.deepEqual((await found({ network: { stack } }, outputs(values))).network, {
            ...EXISTING,
            privateRouteTableIds: [],
            egress: "existing",
        });
    });

    it("says which stack or output is not there, and what is", async () => {
        await refused({ network: { stack: STACK } }, { ...AWS, "pulumi:pulumi:readStackOutputs": absent }, [
            /^fargate:network\.stack: acme\/network\/prod was not found\. Allowed: a stack of the same backend/,
        ]);
        await refused({ network: { stack: STACK } }, outputs({ ...IDS, vpcId: undefined, vpcID: VPC }), [
            `fargate:network.stack.vpcId: found no output vpcId of ${STACK}. Allowed: an output of it; did you mean vpcID?. Nothing was created.`,
        ]);
    });

    it("takes no secret, and shows none", async () => {
        await refused({ network: { stack: STACK } }, outputs({ ...IDS, vpcId: "hunter2" }, ["vpcId"]), [
            `fargate:network.stack.vpcId: found vpcId, a secret output of ${STACK}. Allowed: outputs that are no secrets: ids of a network are none. Nothing was created.`,
        ]);
    });
});
