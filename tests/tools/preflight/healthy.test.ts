import assert from "node:assert/strict";
import { network } from "../../../tools/preflight/checks/network";
import { secrets } from "../../../tools/preflight/checks/secrets";
import type { Check, OwnResource, Subject } from "../../../tools/preflight/check";
import { tableFrom } from "../../../tools/preflight/found-network";
import { runChecks, subjectOf } from "../../../tools/preflight/run";
import { pathTo } from "../../../tools/preflight/ways";
import { files } from "../../support/changed-files";

const REGION = "eu-west-1";
const ACCOUNT = "123456789012";

/** What AWS answers, by the command's name without `Command`. */
type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>;

/** The findings of a check as lines, with an AWS that answers so. */
async function found(
    check: Check,
    config: Readonly<Record<string, unknown>>,
    answers: Answers,
    own: readonly OwnResource[] = [],
): Promise<string[]> {
    const state = () => Promise.resolve({ deployment: { resources: own } });
    const real = await subjectOf(files("dev", config), { state, isEmulated: false, seconds: 60 });
    const identity: Answers = { GetCallerIdentity: () => ({ Account: ACCOUNT }) };
    const send = (command: { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> }) => {
        const name = command.constructor.name.replace(/Command$/, "");
        const answer = answers[name] ?? identity[name];
        assert.ok(answer !== undefined, `nobody expected ${name}`);
        return Promise.resolve(answer(command.input));
    };
    const client = () => Promise.resolve({ send });
    const aws = new Proxy({}, { get: (_, name) => (name === "obstacle" ? () => Promise.resolve(undefined) : client) });
    const told = await runChecks([check], { ...real, aws: aws as Subject["aws"] });
    return told.map(({ status, found: text }) => `${status} ${text}`);
}

describe("a parameter that is there", () => {
    const asked = (account: string, answers: Answers) =>
        found(
            secrets,
            {
                "aws:region": REGION,
                "fargate:network": { zones: [`${REGION}a`, `${REGION}b`] },
                "fargate:services": {
                    web: {
                        image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop:1`,
                        secrets: { TOKEN: `arn:aws:ssm:${REGION}:${account}:parameter/shop/token` },
                    },
                },
            },
            answers,
        );

    it("is found behind pages without any, which Parameter Store answers while it searches", async () => {
        const pages = ({ NextToken }: Readonly<Record<string, unknown>>) =>
            NextToken === undefined ? { Parameters: [], NextToken: "2" } : { Parameters: [{ Name: "/shop/token" }] };
        assert.deepEqual(await asked(ACCOUNT, { DescribeParameters: pages }), ["ok 1 of 1 is there"]);
        assert.deepEqual(await asked(ACCOUNT, { DescribeParameters: () => ({}) }), [
            `failure fargate:services.web.secrets.TOKEN: there is no parameter /shop/token in ${REGION}`,
        ]);
    });

    it("in another account is not known, since that one alone lists it", async () => {
        assert.deepEqual(await asked("999999999999", { DescribeParameters: () => ({}) }), [
            "warning fargate:services.web.secrets.TOKEN: not known: the parameter /shop/token is of the account 999999999999",
        ]);
    });
});

describe("a way out that is there", () => {
    const way = (...Routes: object[]) => tableFrom({ RouteTableId: "rtb-1", VpcId: "vpc-1", Routes }).way.kind;

    it("is not taken for none where a prefix list or halves of all addresses lead to it", () => {
        assert.equal(way({ DestinationPrefixListId: "pl-1", TransitGatewayId: "tgw-1" }), "elsewhere");
        assert.equal(
            way(
                { DestinationCidrBlock: "0.0.0.0/1", NatGatewayId: "nat-1" },
                { DestinationCidrBlock: "128.0.0.0/1", NatGatewayId: "nat-1" },
            ),
            "elsewhere",
        );
        // A gateway endpoint leads to its own service, and IPv6 to no API by IPv4.
        assert.equal(way({ DestinationPrefixListId: "pl-1", GatewayId: "vpce-1" }), "none");
        assert.equal(way({ DestinationIpv6CidrBlock: "::/0", TransitGatewayId: "tgw-1" }), "none");
    });

    const SERVICE = "com.amazonaws.eu-west-1.logs";
    const kind = (...groups: { readonly id: string; readonly rules?: readonly object[] }[]) =>
        pathTo(
            SERVICE,
            { cidr: "10.0.2.0/24", table: { id: "rtb-1", way: { kind: "none" } } },
            [{ id: "vpce-1", service: SERVICE, isGateway: false, isPrivateDns: true, tables: [], groups: groups as never }],
            new Set(),
        ).kind;
    const rule = (...blocks: string[]) => ({ isTcp: true, blocks, groups: [], lists: [] });

    it("by an endpoint is open where several rules and groups together let the subnet in", () => {
        const halves = ["10.0.2.0/25", "10.0.2.128/25"] as const;
        assert.equal(kind({ id: "sg-1", rules: [rule(...halves)] }), "open");
        assert.equal(kind({ id: "sg-1", rules: [rule(halves[0])] }, { id: "sg-2", rules: [rule(halves[1])] }), "open");
        assert.equal(kind({ id: "sg-1", rules: [rule(halves[0], "10.0.2.128/26")] }), "closed");
    });

    it("by an endpoint with groups of another account is taken to be open", () => {
        assert.equal(kind({ id: "sg-1" }), "open");
    });
});

describe("a network that a healthy stack is in", () => {
    const [VPC, OTHERS] = ["vpc-0123456789abcdef0", "210987654321"];
    const subnet = (end: string, zone: string, more: object = {}) => ({
        ...{ SubnetId: `subnet-0123456789abcde${end}`, VpcId: VPC, AvailabilityZone: `${REGION}${zone}` },
        ...{
            AvailabilityZoneId: `euw1-az${zone === "a" ? 1 : 2}`,
            CidrBlock: "10.0.2.0/24",
            AvailableIpAddressCount: 200,
            ...more,
        },
    });
    const PUBLIC = [subnet("f0", "a"), subnet("f1", "b")];
    const PRIVATE = [subnet("f2", "a"), subnet("f3", "b")];
    const idsOf = (some: readonly { readonly SubnetId: string }[]) => some.map(({ SubnetId }) => SubnetId);
    const table = (id: string, some: readonly { readonly SubnetId: string }[], through: object) => ({
        ...{ RouteTableId: id, VpcId: VPC, Associations: some.map(({ SubnetId }) => ({ SubnetId })) },
        Routes: [{ DestinationCidrBlock: "0.0.0.0/0", State: "active", ...through }],
    });
    const config = {
        "aws:region": REGION,
        "fargate:network": { vpcId: VPC, publicSubnetIds: idsOf(PUBLIC), privateSubnetIds: idsOf(PRIVATE) },
        "fargate:services": {
            web: { image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop:1`, port: 8080, route: {}, tasks: 8 },
        },
    };
    const answers = (more: Answers = {}): Answers => ({
        DescribeVpcs: () => ({ Vpcs: [{ VpcId: VPC, CidrBlock: "10.0.0.0/16", OwnerId: ACCOUNT }] }),
        DescribeVpcAttribute: () => ({ EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }),
        DescribeSubnets: () => ({ Subnets: [...PUBLIC, ...PRIVATE] }),
        DescribeRouteTables: () => ({
            RouteTables: [table("rtb-1", PUBLIC, { GatewayId: "igw-1" }), table("rtb-2", PRIVATE, { NatGatewayId: "nat-1" })],
        }),
        DescribeVpcEndpoints: () => ({ VpcEndpoints: [] }),
        ...more,
    });
    const ofStack = (type: string, name: string): OwnResource => ({ type, urn: `urn:pulumi:dev::fargate::${type}::${name}` });

    it("is fine where a firewall stands before the internet gateway", async () => {
        const RouteTables = [table("rtb-1", PUBLIC, { GatewayId: "vpce-1" }), table("rtb-2", PRIVATE, { NatGatewayId: "nat-1" })];
        assert.match(
            (await found(network, config, answers({ DescribeRouteTables: () => ({ RouteTables }) }))).join("\n"),
            /^ok /,
        );
    });

    it("stops no update for what the load balancer has lived with", async () => {
        const RouteTables = [table("rtb-2", [...PUBLIC, ...PRIVATE], { NatGatewayId: "nat-1" })];
        const moved = answers({ DescribeRouteTables: () => ({ RouteTables }) });
        assert.match((await found(network, config, moved)).join("\n"), /^failure .*is no public subnet/);
        const own = [ofStack("aws:lb/loadBalancer:LoadBalancer", "load-balancer")];
        assert.match((await found(network, config, moved, own)).join("\n"), /^warning .*is no public subnet/);
    });

    it("has room for tasks that run already, though there is none for as many again", async () => {
        const full = [subnet("f2", "a", { AvailableIpAddressCount: 2 }), subnet("f3", "b", { AvailableIpAddressCount: 2 })];
        const few = answers({ DescribeSubnets: () => ({ Subnets: [...PUBLIC, ...full] }) });
        const lines = async (...own: OwnResource[]) => (await found(network, config, few, own)).map(line => line.split(" ")[0]);
        assert.deepEqual(await lines(), ["failure", "failure"]);
        assert.deepEqual(await lines(ofStack("aws:ecs/service:Service", "web")), ["warning", "warning"]);
        assert.deepEqual(await lines(ofStack("aws:ecs/service:Service", "other")), ["failure", "failure"]);
    });

    it("of another account may have endpoints that are not seen", async () => {
        const shared = (OwnerId: string) =>
            answers({
                DescribeVpcs: () => ({ Vpcs: [{ VpcId: VPC, CidrBlock: "10.0.0.0/16", OwnerId }] }),
                DescribeRouteTables: () => ({ RouteTables: [table("rtb-1", PUBLIC, { GatewayId: "igw-1" })] }),
            });
        assert.match((await found(network, config, shared(ACCOUNT))).join("\n"), /^failure no way to/);
        assert.match((await found(network, config, shared(OTHERS))).join("\n"), /^warning whether .* endpoints of 210987654321/);
    });

    it("may have names of its own for an endpoint without private DNS", async () => {
        const services = ["ecr.api", "ecr.dkr", "logs"].map(name => `com.amazonaws.${REGION}.${name}`);
        const VpcEndpoints = services.map((ServiceName, index) => ({
            ...{ VpcEndpointId: `vpce-${index}`, ServiceName, VpcEndpointType: "Interface", PrivateDnsEnabled: false },
        }));
        const s3 = { ...{ VpcEndpointId: "vpce-s3", ServiceName: `com.amazonaws.${REGION}.s3` }, RouteTableIds: ["rtb-2"] };
        const closed = answers({
            DescribeRouteTables: () => ({
                RouteTables: [table("rtb-1", PUBLIC, { GatewayId: "igw-1" }), { ...table("rtb-2", PRIVATE, {}), Routes: [] }],
            }),
            DescribeVpcEndpoints: () => ({ VpcEndpoints: [...VpcEndpoints, { ...s3, VpcEndpointType: "Gateway" }] }),
        });
        const lines = await found(network, config, closed);
        assert.deepEqual(
            lines.map(line => line.replace(/ from .*/, "")),
            ["ecr.api", "ecr.dkr", "logs"].map(name => `warning whether there is a way to ${name}`),
        );
    });

    it("by names is looked up anew, whatever the last update found", async () => {
        const named = {
            ...config,
            "fargate:network": {
                cloudFormation: { vpcId: "shop-vpc", publicSubnetIds: "shop-public", privateSubnetIds: "shop-private" },
            },
        };
        const outputs = {
            vpcId: VPC,
            publicSubnetIds: idsOf(PUBLIC),
            privateSubnetIds: idsOf(PRIVATE),
            privateRouteTableIds: [],
        };
        const own = [{ ...ofStack("fargate:index:Network", "network"), outputs }];
        const gone = answers({ DescribeSubnets: () => ({ Subnets: PUBLIC }) });
        assert.deepEqual(
            (await found(network, named, gone, own)).map(line => line.split(" ")[0]),
            ["warning", "warning"],
        );
    });
});
