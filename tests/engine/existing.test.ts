import * as assert from "node:assert/strict";
import { inventory } from "../../tools/inventory/inventory";
import { shortType } from "../../tools/inventory/resource";
import { Change, Session, openSession } from "./harness";

/** The sandbox puts what it made in place of these. */
const NETWORK = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcde00", "subnet-0123456789abcde01"],
    privateSubnetIds: ["subnet-0123456789abcde02", "subnet-0123456789abcde03"],
    privateRouteTableIds: ["rtb-0123456789abcdef0"],
};
const CERTIFICATE = "arn:aws:acm:ap-northeast-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

const given = (egress: string): Change[] => [
    [["fargate:network"], { ...NETWORK, egress }],
    [["fargate:domain"], { name: "shop.example.com", certificateArn: CERTIFICATE }],
];

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
        await session.configure(...given("existing"));
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
        });
    }

    it("destroy leaves it as it was", async () => {
        await session.destroy();
        assert.deepEqual(await session.emulator.resources(), untouched);
    });
});
