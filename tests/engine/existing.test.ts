import * as assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { inventory } from "../../tools/inventory/inventory";
import { shortType } from "../../tools/inventory/resource";
import { parameters } from "../support/given";
import { Change, Session, openSession } from "./harness";

/** The sandbox puts what it made in place of these: the region has four zones there, so that two hold two private subnets each. */
const NETWORK = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcde00", "subnet-0123456789abcde01"],
    privateSubnetIds: Array.from({ length: 6 }, (_, index) => `subnet-0123456789abcde1${index}`),
    privateRouteTableIds: ["rtb-0123456789abcdef0"],
    endpointZones: 6,
};
const ZONES = 4;

/** More than an inline policy has room for. */
const MANY_SECRETS = parameters(60);
const { S0: _, ...FEWER_SECRETS } = MANY_SECRETS;

/** What managed policies take the place of, or give it back. */
function policies(managed: "create" | "replace" | "delete", inline: "create" | "delete" | undefined): string[] {
    return [
        ...[1, 2].flatMap(number => [
            `${managed} iam.Policy web-task-execution-${number}`,
            `${managed} iam.RolePolicyAttachment web-task-execution-${number}`,
        ]),
        ...(inline === undefined ? [] : [`${inline} iam.RolePolicy web-task-execution`]),
        "replace ecs.TaskDefinition web-task-definition",
        "update ecs.Service web",
    ].sort();
}
const CERTIFICATE = "arn:aws:acm:ap-northeast-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

/** A cache that the stack opens, a mail server, a prefix list, and a database whose secret RDS keeps. */
const CACHE = "sg-0123456789abcdef0";
const DATABASE = "sg-0123456789abcdef1";
const LIST = "pl-0123456789abcdef0";
const CONNECTED = {
    outbound: [
        { port: 6379, securityGroupId: CACHE, openIngress: true },
        { port: 587, cidr: "203.0.113.0/24" },
        { port: 8443, prefixListId: LIST },
    ],
    database: {
        secretArn:
            "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:rds!cluster-01234567-89ab-cdef-0123-456789abcdef-AbCdEf",
        port: 5432,
        securityGroupId: DATABASE,
        host: "shop.cluster-abc.ap-northeast-2.rds.amazonaws.com",
    },
};
const connected = (keys: { readonly outbound?: unknown; readonly database?: unknown }): Change[] =>
    (["outbound", "database"] as const).map(key => [["fargate:services", "web", key], keys[key]]);

/** What a connection comes or goes with. */
const outOf = (op: string, ...ends: string[]) => ends.map(end => `${op} vpc.SecurityGroupEgressRule web-to-${end}`);
const into = (op: string, end: string) => `${op} vpc.SecurityGroupIngressRule web-into-${end}`;
const NEW_REVISION = [
    "replace ecs.TaskDefinition web-task-definition",
    "replace iam.RolePolicy web-task-execution",
    "update ecs.Service web",
];
const all = (op: string) => [
    ...outOf(op, "203.0.113.0-24-587", `${LIST}-8443`, `${CACHE}-6379`, `${DATABASE}-5432`),
    into(op, `${CACHE}-6379`),
];
const REOPENED = { database: CONNECTED.database, outbound: [{ port: 6379, securityGroupId: CACHE }] };

const given = (egress: string): Change[] => [
    [["fargate:network"], { ...NETWORK, egress }],
    [["fargate:domain"], { name: "shop.example.com", certificateArn: CERTIFICATE }],
];

/** The same network by its exports. */
const names = (key: string, count: number) => Array.from({ length: count }, (_, index) => `shop-prod-${key}${index}`);
const EXPORTED = {
    cloudFormation: {
        vpcId: "shop-prod-VpcId",
        publicSubnetIds: names("Public", NETWORK.publicSubnetIds.length),
        privateSubnetIds: names("Private", NETWORK.privateSubnetIds.length),
        privateRouteTableIds: "shop-prod-PrivateRouteTableIDs",
    },
    endpointZones: NETWORK.endpointZones,
};

/** A stack of another project in the same backend. */
const OTHER_STACK = "organization/network/prod";

/** What takes endpoints into the VPC, or out of it. */
function wayOut(endpoints: "create" | "delete", internet: "create" | "delete"): string[] {
    return [
        `${endpoints} ec2.SecurityGroup endpoints-group`,
        ...["ecr-api", "ecr-dkr", "logs", "s3"].map(service => `${endpoints} ec2.VpcEndpoint endpoints-${service}`),
        `${endpoints} vpc.SecurityGroupEgressRule web-to-endpoints`,
        `${endpoints} vpc.SecurityGroupEgressRule web-to-s3`,
        `${endpoints} vpc.SecurityGroupIngressRule web-endpoints-in`,
        `${internet} vpc.SecurityGroupEgressRule web-to-internet`,
    ].sort();
}

describe("a VPC and a certificate that exist already, on the real engine", function () {
    this.timeout(8 * 60_000);
    this.bail(true);
    let session: Session;
    let untouched: unknown;

    before(async () => {
        session = await openSession("engine-existing", "dev");
        // The sandbox makes parameters when a stack first names them.
        await session.configure(...given("existing"), [["fargate:services", "web", "secrets"], MANY_SECRETS]);
        await session.configure([["fargate:services", "web", "secrets"], undefined], ...connected(CONNECTED));
        await session.configure(...connected({}));
        untouched = await session.emulator.resources();
    });
    after(() => session.close());

    it("up creates exactly what plan lists, and no network", async () => {
        const created = await session.up();
        const { resources } = await inventory("dev", session.files);
        const listed = resources.filter(({ isComponent, type }) => !isComponent && !/^(pulumi:|docker-build:)/.test(type));
        assert.deepEqual(created, listed.map(({ type, name }) => `create ${shortType(type)} ${name}`).sort());
        assert.deepEqual(
            created.filter(operation => /ec2\.(Vpc|Subnet|Route|InternetGateway|NatGateway|Eip)|acm\.|route53\./.test(operation)),
            [],
        );
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    for (const [egress, expected] of [
        ["endpoints", wayOut("create", "delete")],
        ["existing", wayOut("delete", "create")],
    ] as const) {
        it(`egress ${egress}: exactly the expected operations, then an empty preview`, async () => {
            await session.configure(...given(egress));
            assert.deepEqual(await session.up(), expected);
            assert.deepEqual(await session.preview(), []);
            assert.deepEqual(await endpointSubnets(session), egress === "endpoints" ? [ZONES, ZONES, ZONES] : []);
        });
    }

    it("by its CloudFormation exports it is the same network: nothing changes, and a name that is none is refused", async () => {
        await session.configure([["fargate:network"], { ...EXPORTED, egress: "existing" }]);
        assert.deepEqual(await session.preview({ refresh: true }), []);
        assert.deepEqual(await session.up(), []);

        const { cloudFormation } = EXPORTED;
        const missing = { ...EXPORTED, cloudFormation: { ...cloudFormation, vpcId: "shop-prod-Vpc" }, egress: "existing" };
        await session.stack.setConfig("fargate:network", { value: JSON.stringify(missing) });
        await assert.rejects(session.preview(), /fargate:network\.cloudFormation\.vpcId: shop-prod-Vpc was not found/);
    });

    it("by another stack's outputs it is the same network, and leaves no trace in the state", async () => {
        await session.configure(...given("existing"));
        const { value } = await session.stack.getConfig("fargate:network");
        const { egress: _, endpointZones: __, ...outputs } = JSON.parse(value) as Record<string, unknown>;
        writeOtherStack(session, outputs);
        const otherwise = { name: OTHER_STACK, privateRouteTableIds: "privateRouteTableIds" };
        const network = { stack: otherwise, egress: "existing", endpointZones: NETWORK.endpointZones };
        await session.stack.setConfig("fargate:network", { value: JSON.stringify(network) });
        assert.deepEqual(await session.preview({ refresh: true }), []);
        assert.deepEqual(await session.up(), []);
        assert.doesNotMatch(JSON.stringify(await session.stack.exportStack()), /StackReference/);

        const missing = { ...network, stack: { ...otherwise, vpcId: "vpcID" } };
        await session.stack.setConfig("fargate:network", { value: JSON.stringify(missing) });
        await assert.rejects(session.preview(), /found no output vpcID of organization\/network\/prod.*did you mean vpcId\?/);
        const nowhere = { ...network, stack: "organization/network/staging" };
        await session.stack.setConfig("fargate:network", { value: JSON.stringify(nowhere) });
        await assert.rejects(session.preview(), /fargate:network\.stack: organization\/network\/staging was not found/);
        await session.configure(...given("existing"));
    });

    for (const [what, secrets, expected] of [
        ["60 parameters are managed policies", MANY_SECRETS, policies("create", "delete")],
        ["one less makes other policies", FEWER_SECRETS, policies("replace", undefined)],
        ["without them one inline policy is left", undefined, policies("delete", "create")],
    ] as const) {
        it(`${what}: exactly the expected operations, then an empty preview`, async () => {
            await session.configure([["fargate:services", "web", "secrets"], secrets]);
            assert.deepEqual(await session.up(), expected);
            assert.deepEqual(await session.preview({ refresh: true }), []);
        });
    }

    for (const [what, keys, expected] of [
        ["connections and a database come", CONNECTED, [...all("create"), ...NEW_REVISION]],
        ["they go without residue", {}, [...all("delete"), ...NEW_REVISION]],
        ["they come again", CONNECTED, [...all("create"), ...NEW_REVISION]],
        [
            "a group is not opened any more, and others are not reached",
            REOPENED,
            [into("delete", `${CACHE}-6379`), ...outOf("delete", "203.0.113.0-24-587", `${LIST}-8443`)],
        ],
    ] as const) {
        it(`${what}: exactly the expected operations, then an empty preview`, async () => {
            await session.configure(...connected(keys));
            assert.deepEqual(await session.up(), [...expected].sort());
            assert.deepEqual(await session.preview({ refresh: true }), []);
        });
    }

    it("destroy leaves it as it was", async () => {
        await session.destroy();
        assert.deepEqual(await session.emulator.resources(), untouched);
    });
});

/** The state of a stack that has these outputs and nothing else. */
function writeOtherStack({ folder }: Session, outputs: Readonly<Record<string, unknown>>): void {
    const [, project = "", stack = ""] = OTHER_STACK.split("/");
    const type = "pulumi:pulumi:Stack";
    const urn = `urn:pulumi:${stack}::${project}::${type}::${project}-${stack}`;
    const latest = {
        manifest: { time: "2026-11-26T00:00:00Z", magic: "", version: "" },
        resources: [{ urn, custom: false, type, outputs }],
    };
    const below = path.join(folder, "state", ".pulumi", "stacks", project);
    mkdirSync(below, { recursive: true });
    writeFileSync(path.join(below, `${stack}.json`), JSON.stringify({ version: 3, checkpoint: { stack: OTHER_STACK, latest } }));
}

/** How many subnets each interface endpoint is in: AWS takes one a zone. */
async function endpointSubnets({ stack }: Session): Promise<(number | undefined)[]> {
    const exported = await stack.exportStack();
    const { resources } = exported.deployment as {
        resources: readonly { urn: string; inputs?: { subnetIds?: readonly string[] } }[];
    };
    return resources.filter(({ urn }) => /::endpoints-(ecr|logs)/.test(urn)).map(({ inputs }) => inputs?.subnetIds?.length);
}
