import assert from "node:assert/strict";
import {
    AuthorizeSecurityGroupIngressCommand,
    CreateInternetGatewayCommand,
    CreateRouteCommand,
    CreateRouteTableCommand,
    CreateSecurityGroupCommand,
    CreateSubnetCommand,
    CreateVpcCommand,
    CreateVpcEndpointCommand,
    AssociateRouteTableCommand,
    AttachInternetGatewayCommand,
    EC2Client,
    ModifyVpcAttributeCommand,
    AllocateAddressCommand,
    CreateNatGatewayCommand,
} from "@aws-sdk/client-ec2";
import { network } from "../../tools/preflight/checks/network";
import { runChecks } from "../../tools/preflight/run";
import { found, subject, withEmulator } from "./emulated";

const REGION = "eu-west-1";
const IMAGE = `123456789012.dkr.ecr.${REGION}.amazonaws.com/shop:1`;

describe("what preflight finds in a VPC that is given", function () {
    this.timeout(60_000);
    withEmulator();

    const ec2 = new EC2Client({ region: REGION });
    const ids = { vpc: "", public: [""], private: [""], publicTable: "", privateTable: "", group: "" };

    const subnet = async (CidrBlock: string, zone: string, RouteTableId: string) => {
        const { Subnet } = await ec2.send(
            new CreateSubnetCommand({ VpcId: ids.vpc, CidrBlock, AvailabilityZone: `${REGION}${zone}` }),
        );
        const SubnetId = Subnet?.SubnetId ?? "";
        await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
        return SubnetId;
    };
    const table = async () => (await ec2.send(new CreateRouteTableCommand({ VpcId: ids.vpc }))).RouteTable?.RouteTableId ?? "";
    const endpoint = async (service: string, more: object) =>
        (
            await ec2.send(
                new CreateVpcEndpointCommand({ VpcId: ids.vpc, ServiceName: `com.amazonaws.${REGION}.${service}`, ...more }),
            )
        ).VpcEndpoint?.VpcEndpointId ?? "";
    const given = (more: object = {}, services: object = {}) => ({
        "aws:region": REGION,
        "fargate:network": { vpcId: ids.vpc, publicSubnetIds: ids.public, privateSubnetIds: ids.private, ...more },
        "fargate:services": { web: { image: IMAGE, port: 8080, route: {}, tasks: 2, ...services } },
    });

    before(async () => {
        ids.vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
        for (const attribute of ["EnableDnsHostnames", "EnableDnsSupport"])
            await ec2.send(new ModifyVpcAttributeCommand({ VpcId: ids.vpc, [attribute]: { Value: true } }));
        const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
        const GatewayId = InternetGateway?.InternetGatewayId ?? "";
        await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: ids.vpc }));
        [ids.publicTable, ids.privateTable] = [await table(), await table()];
        const everything = { DestinationCidrBlock: "0.0.0.0/0" };
        await ec2.send(new CreateRouteCommand({ RouteTableId: ids.publicTable, GatewayId, ...everything }));
        ids.public = [await subnet("10.9.0.0/24", "a", ids.publicTable), await subnet("10.9.1.0/24", "b", ids.publicTable)];
        ids.private = [await subnet("10.9.2.0/24", "a", ids.privateTable), await subnet("10.9.3.0/24", "b", ids.privateTable)];
        const made = await ec2.send(
            new CreateSecurityGroupCommand({ GroupName: "endpoints", Description: "Endpoints", VpcId: ids.vpc }),
        );
        ids.group = made.GroupId ?? "";
    });

    it("is nothing to ask of a VPC that the stack makes", async () => {
        assert.deepEqual(
            await found(network, { "aws:region": REGION, "fargate:network": { zones: [`${REGION}a`, `${REGION}b`] } }),
            [],
        );
    });

    it("is a failure where ids are not there", async () => {
        assert.deepEqual(await found(network, given({ vpcId: "vpc-0123456789abcdef0" })), [
            "failure fargate:network.vpcId: vpc-0123456789abcdef0 was not found",
        ]);
        assert.deepEqual(await found(network, given({ privateSubnetIds: ["subnet-0123456789abcdef0"] })), [
            "failure fargate:network.privateSubnetIds: subnet-0123456789abcdef0 was not found",
        ]);
    });

    it("is a failure where subnets have no way to an API, by the very table", async () => {
        assert.deepEqual(await found(network, given()), [
            `failure no way to ecr.api, ecr.dkr, logs, s3 from ${ids.private.join(", ")}: ${ids.privateTable} has no default route that serves private addresses, and the VPC no such endpoint`,
        ]);
    });

    it("is a failure where images are on the internet, which nothing leads to", async () => {
        const lines = await found(network, given({}, { image: "nginx@sha256:".padEnd(77, "0") }));
        assert.match(
            lines[1] ?? "",
            /^failure no way to the registry of nginx@sha256:0+ from subnet-\w+, subnet-\w+: there is no default route$/,
        );
    });

    it("is a failure where subnets are on the wrong side", async () => {
        const swapped = given({ publicSubnetIds: ids.private, privateSubnetIds: ids.public });
        const wrong = (id: string) =>
            `failure fargate:network.privateSubnetIds: ${id}, whose way out is the internet gateway (${ids.publicTable})`;
        const unreached = (id: string) =>
            `failure ${id} is no public subnet: ${ids.privateTable} has no default route to an internet gateway, which a load balancer on the internet needs`;
        assert.deepEqual(await found(network, swapped), [
            ...ids.public.map(id => wrong(id)),
            ...ids.private.map(id => unreached(id)),
        ]);
    });

    it("is fine for a stack that makes its endpoints, until others are in their way", async () => {
        const own = given({ egress: "endpoints", privateRouteTableIds: [ids.privateTable] });
        assert.deepEqual(await found(network, own), [
            `ok ${ids.vpc}: 4 subnets in 2 zones, 251 free addresses or more in each; no endpoint in the way`,
        ]);
        const s3 = await endpoint("s3", { VpcEndpointType: "Gateway", RouteTableIds: [ids.privateTable] });
        assert.deepEqual(await found(network, own), [
            `failure s3: ${s3} is on the private route tables already, and is not the stack's: AWS takes no second one`,
        ]);
    });

    it("is a failure where an endpoint lets the tasks not in, and fine where it does", async () => {
        const more = {
            VpcEndpointType: "Interface",
            SubnetIds: ids.private,
            SecurityGroupIds: [ids.group],
            PrivateDnsEnabled: true,
        };
        await endpoint("ecr.api", more);
        await endpoint("ecr.dkr", more);
        const logs = await endpoint("logs", more);
        const told = await runChecks([network], await subject(given()));
        assert.ok(told.at(-1)?.fix?.startsWith(`aws ec2 authorize-security-group-ingress --region ${REGION} `), told.at(-1)?.fix);
        const lines = await found(network, given());
        assert.equal(lines.length, 3);
        assert.equal(
            lines[2],
            `failure no way to logs from ${ids.private.join(", ")}: its name leads to ${logs}, whose security groups let 10.9.2.0/24, 10.9.3.0/24 not in at port 443`,
        );
        const ports = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
        await ec2.send(
            new AuthorizeSecurityGroupIngressCommand({
                GroupId: ids.group,
                IpPermissions: [{ ...ports, IpRanges: [{ CidrIp: "10.9.0.0/16" }] }],
            }),
        );
        assert.deepEqual(await found(network, given()), [
            `ok ${ids.vpc}: 4 subnets in 2 zones, 248 free addresses or more in each; a way to ecr.api, ecr.dkr, logs, s3`,
        ]);
    });

    it("is fine where a NAT gateway leads out, for what no endpoint is for", async () => {
        const secrets = { TOKEN: `arn:aws:secretsmanager:${REGION}:123456789012:secret:token-AbCdEf` };
        const lines = await found(network, given({}, { secrets }));
        assert.match(lines.join("\n"), /^failure no way to secretsmanager from /);
        const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
        const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: ids.public[0], AllocationId }));
        await ec2.send(
            new CreateRouteCommand({
                RouteTableId: ids.privateTable,
                NatGatewayId: NatGateway?.NatGatewayId,
                DestinationCidrBlock: "0.0.0.0/0",
            }),
        );
        assert.match((await found(network, given({}, { secrets }))).join("\n"), /^ok vpc-.*secretsmanager/);
    });

    it("is a failure or a warning where addresses are few", async () => {
        const small = [await subnet("10.9.4.0/28", "a", ids.privateTable), await subnet("10.9.4.16/28", "b", ids.privateTable)];
        const few = (tasks: number) => found(network, given({ privateSubnetIds: small }, { tasks }));
        const [first = ""] = small;
        assert.equal(
            (await few(30))[0],
            `failure ${first}, a 10.9.4.0/28, has 11 free addresses, and the update needs 15: 15 for tasks`,
        );
        assert.equal(
            (await few(20))[0],
            `warning ${first}, a 10.9.4.0/28, has 11 free addresses: enough to start with, and not for 20 with all tasks in a rollout: 20 for tasks`,
        );
    });
});
