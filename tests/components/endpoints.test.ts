import assert from "node:assert/strict";
import { Endpoints, EndpointsArgs } from "../../components/endpoints";
import { endpointPolicy, openEndpointPolicy, s3GatewayPolicy } from "../../iam/endpoints";
import { cached, declare, json } from "../support/declared";

const PLACE = { region: "eu-west-1", account: "123456789012" };
const ARGS: EndpointsArgs = {
    ...PLACE,
    vpcId: "vpc-1",
    subnetIds: ["subnet-1"],
    routeTableIds: ["rtb-1", "rtb-2"],
    interfaces: ["ecr.api", "logs"],
    gateways: ["dynamodb", "s3"],
};

const made = cached((changes: Partial<EndpointsArgs> = {}) =>
    declare(() => {
        const { securityGroupId, prefixListIds, ready } = new Endpoints("endpoints", { ...ARGS, ...changes });
        return { securityGroupId: securityGroupId ?? "none", prefixListIds, ready: ready.length };
    }),
);

describe("the endpoints", () => {
    it("are a group, an interface endpoint a service, and gateways", async () => {
        const { list } = await made();
        assert.deepEqual(list, [
            "Endpoints endpoints",
            "ec2.SecurityGroup endpoints-group",
            "ec2.VpcEndpoint endpoints-dynamodb",
            "ec2.VpcEndpoint endpoints-ecr-api",
            "ec2.VpcEndpoint endpoints-logs",
            "ec2.VpcEndpoint endpoints-s3",
        ]);
    });

    it("have a group as soon as there is one interface endpoint", async () => {
        assert.ok((await made({ interfaces: ["logs"] })).list.includes("ec2.SecurityGroup endpoints-group"));
    });

    it("are gateways alone, without a group, beside NAT gateways", async () => {
        const declared = await made({ interfaces: [], gateways: ["s3"] });
        assert.deepEqual(declared.list, ["Endpoints endpoints", "ec2.VpcEndpoint endpoints-s3"]);
        assert.deepEqual(declared.outputs, {
            securityGroupId: "none",
            prefixListIds: { s3: "VpcEndpoint:endpoints-s3-prefixes" },
            ready: 1,
        });
    });

    it("answer on the services' own names, in their subnets, behind their group", async () => {
        const declared = await made();
        const { policy, ...inputs } = declared.inputs("ec2.VpcEndpoint endpoints-ecr-api");
        assert.deepEqual(inputs, {
            vpcId: "vpc-1",
            vpcEndpointType: "Interface",
            serviceName: "com.amazonaws.eu-west-1.ecr.api",
            subnetIds: ["subnet-1"],
            securityGroupIds: ["SecurityGroup:endpoints-group"],
            privateDnsEnabled: true,
            tags: { Name: "endpoints-ecr.api" },
        });
        assert.deepEqual(json(policy), endpointPolicy(PLACE.account));
    });

    it("are put on the tasks' route tables where they are gateways", async () => {
        const { policy, ...inputs } = (await made()).inputs("ec2.VpcEndpoint endpoints-s3");
        assert.deepEqual(inputs, {
            vpcId: "vpc-1",
            vpcEndpointType: "Gateway",
            serviceName: "com.amazonaws.eu-west-1.s3",
            routeTableIds: ["rtb-1", "rtb-2"],
            tags: { Name: "endpoints-s3" },
        });
        assert.deepEqual(json(policy), s3GatewayPolicy(PLACE));
    });

    it("serve this account alone, every one of them, but for image layers from S3", async () => {
        const policies = (await made()).all("ec2.VpcEndpoint").map(({ name, inputs }) => [name, json(inputs["policy"])]);
        assert.deepEqual(policies, [
            ["endpoints-dynamodb", endpointPolicy(PLACE.account)],
            ["endpoints-s3", s3GatewayPolicy(PLACE)],
            ["endpoints-ecr-api", endpointPolicy(PLACE.account)],
            ["endpoints-logs", endpointPolicy(PLACE.account)],
        ]);
    });

    it("refuse nothing beside NAT gateways, where public downloads pass the S3 gateway too", async () => {
        const declared = await made({ interfaces: [], gateways: ["s3"] });
        assert.deepEqual(json(declared.inputs("ec2.VpcEndpoint endpoints-s3")["policy"]), openEndpointPolicy());
    });

    it("have an empty group, so that nobody gets in but by a service's own rule", async () => {
        const declared = await made();
        assert.deepEqual(declared.inputs("ec2.SecurityGroup endpoints-group"), {
            vpcId: "vpc-1",
            description: "VPC endpoints, from the tasks that use them",
            tags: { Name: "endpoints-group" },
        });
        assert.ok(!declared.list.some(line => line.includes("Rule ")));
    });

    it("tell their group, the gateways' addresses and everything that tasks wait for", async () => {
        assert.deepEqual((await made()).outputs, {
            securityGroupId: "SecurityGroup:endpoints-group",
            prefixListIds: { dynamodb: "VpcEndpoint:endpoints-dynamodb-prefixes", s3: "VpcEndpoint:endpoints-s3-prefixes" },
            ready: 4,
        });
    });

    it("show which services they are for in a preview", async () => {
        assert.deepEqual((await made()).inputs("Endpoints endpoints"), {
            interfaces: ["ecr.api", "logs"],
            gateways: ["dynamodb", "s3"],
        });
    });
});
