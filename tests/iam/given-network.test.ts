import assert from "node:assert/strict";
import { updateActions } from "../../iam/actions";
import { deployPolicies } from "../../iam/roles";
import type { GivenNetwork } from "../../iam/scope";
import { Request, Target, isAllowed } from "./evaluate";
import { STATE, referenceOf, requestFor, scopeOf, tags } from "./requests";

const NETWORK: GivenNetwork = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], routeTableIds: ["rtb-1"] };

const roleIn = (...networks: GivenNetwork[]) => ({
    identity: Object.values(deployPolicies({ ...scopeOf("dev"), networks }, STATE)),
});
const inside = roleIn(NETWORK);
const outside = roleIn();

/** Parts of the VPC carry nobody's tags. */
const part = (name: string): Target => ({ arn: `arn:aws:ec2:ap-northeast-2:123456789012:${name}` });
const vpc = part("vpc/vpc-1");
const own = (name: string): Target => ({ ...part(name), context: tags("aws:ResourceTag", "dev") });
const request = (name: string, ...resources: Target[]): Request => ({
    action: `ec2:${name}`,
    resources,
    context: tags("aws:RequestTag", "dev"),
});

/** All that a stack does to a VPC that it did not make. */
const USES: readonly Request[] = [
    request("CreateSecurityGroup", vpc, part("security-group/*")),
    request("CreateVpcEndpoint", vpc, part("vpc-endpoint/*"), part("route-table/rtb-1")),
    request(
        "CreateVpcEndpoint",
        vpc,
        part("vpc-endpoint/*"),
        part("subnet/subnet-1"),
        part("subnet/subnet-2"),
        own("security-group/sg-1"),
    ),
    request("ModifyVpcEndpoint", own("vpc-endpoint/vpce-1"), part("subnet/subnet-2")),
    request("ModifyVpcEndpoint", own("vpc-endpoint/vpce-1"), part("route-table/rtb-1")),
];

describe("the deploy role of a stack in a VPC that exists already", () => {
    it("makes groups and endpoints there, once the bootstrap names the VPC", () => {
        for (const use of USES) {
            assert.ok(isAllowed(inside, use), JSON.stringify(use));
            assert.ok(!isAllowed(outside, use), JSON.stringify(use));
        }
    });

    it("makes none in another VPC, subnet or route table, and none with another stack's tags", () => {
        const elsewhere = (target: Target): Target => ({ ...target, arn: target.arn.replace(/(vpc|subnet|rtb)-\d$/, "$1-9") });
        for (const use of USES) {
            const isPart = use.resources.map(({ arn, context }) => context === undefined && !arn.endsWith("*"));
            assert.ok(isPart.includes(true));
            for (const [index] of [...isPart.entries()].filter(([, is]) => is)) {
                const other = elsewhere(use.resources[index] ?? vpc);
                assert.ok(!isAllowed(inside, { ...use, resources: use.resources.with(index, other) }), other.arn);
            }
        }
        for (const use of USES.filter(({ action }) => action.startsWith("ec2:Create")))
            assert.ok(!isAllowed(inside, { ...use, context: tags("aws:RequestTag", "prod") }));
    });

    it("looks at that VPC, and does nothing else to it: it is neither changed nor tagged, nor opened", () => {
        const look = request("DescribeVpcAttribute", vpc);
        assert.ok(isAllowed(inside, look) && !isAllowed(outside, look));
        const types = [
            ["vpc", vpc],
            ["subnet", part("subnet/subnet-1")],
            ["route-table", part("route-table/rtb-1")],
        ] as const;
        const uses = [look, ...USES].map(({ action }) => action);
        const others = updateActions(true).filter(action => action.startsWith("ec2:") && !uses.includes(action));
        const requests = others.flatMap(action =>
            types.flatMap(([type, given]) => {
                if (referenceOf(action).on[type] !== "known") return [];
                const asked = requestFor(action, "dev");
                const index = Object.keys(referenceOf(action).on).indexOf(type);
                // Tags go to one resource at a time.
                return { ...asked, resources: action === "ec2:CreateTags" ? [given] : asked.resources.with(index, given) };
            }),
        );
        assert.ok(requests.length > 15);
        assert.deepEqual(
            requests.filter(one => isAllowed(inside, one)).map(({ action }) => action),
            [],
        );
    });

    it("claims no group: the VPC's own is none of the stack's", () => {
        const claim = request("CreateTags", part("security-group/sg-9"));
        assert.ok(isAllowed(outside, claim));
        assert.ok(!isAllowed(inside, claim));
    });
});
