import assert from "node:assert/strict";
import { updateActions } from "../../iam/actions";
import { deployPolicies, previewPolicies } from "../../iam/roles";
import { Context, Request, Target, isAllowed } from "./evaluate";
import { STATE, referenceOf, requestFor, scopeOf, tags } from "./requests";

const roleFor = (...securityGroups: string[]) => ({
    identity: Object.values(deployPolicies({ ...scopeOf("dev"), securityGroups }, STATE)),
});
const told = roleFor("sg-0123456789abcdef0", "sg-0123456789abcdef1");
const untold = roleFor();

const part = (name: string, context: Context = {}): Target => ({
    arn: `arn:aws:ec2:ap-northeast-2:123456789012:${name}`,
    context,
});
/** A group of others carries their tags, or none. */
const GIVEN = part("security-group/sg-0123456789abcdef0", { "aws:ResourceTag/Name": "database" });
const request = (name: string, ...resources: Target[]): Request => ({
    action: `ec2:${name}`,
    resources,
    context: { "aws:RequestedRegion": "ap-northeast-2", ...(name.startsWith("Authorize") && tags("aws:RequestTag", "dev")) },
});
const ownRule = part("security-group-rule/sgr-1", tags("aws:ResourceTag", "dev"));

/** All that a stack does to a group of others. */
const USES = (group: Target) => [
    request("AuthorizeSecurityGroupIngress", group, part("security-group-rule/*")),
    request("ModifySecurityGroupRules", group, ownRule),
    request("RevokeSecurityGroupIngress", group),
];

describe("the deploy role of a stack that opens a group of others", () => {
    it("adds its rule there, changes it and takes it away, once the bootstrap names the group", () => {
        for (const use of USES(GIVEN)) {
            assert.ok(isAllowed(told, use), use.action);
            assert.ok(!isAllowed(untold, use), use.action);
        }
    });

    it("touches no other group, and none of another account or region", () => {
        for (const arn of [
            GIVEN.arn.replace(/0$/, "9"),
            GIVEN.arn.replace("123456789012", "999999999999"),
            GIVEN.arn.replace("ap-northeast-2", "us-east-1"),
        ])
            for (const use of USES({ ...GIVEN, arn })) assert.ok(!isAllowed(told, use), `${use.action} ${arn}`);
    });

    it("makes rules with its own tags alone, and changes none of others", () => {
        const [make = request(""), change = request("")] = USES(GIVEN);
        assert.ok(!isAllowed(told, { ...make, context: tags("aws:RequestTag", "prod") }));
        assert.ok(!isAllowed(told, { ...make, context: {} }));
        for (const context of [{}, tags("aws:ResourceTag", "prod")])
            assert.ok(!isAllowed(told, { ...change, resources: [GIVEN, { ...ownRule, context }] }));
    });

    it("does nothing else to the group: it lets nothing out of it, deletes it, tags it or puts it on anything of its own", () => {
        const uses = USES(GIVEN).map(({ action }) => action);
        const others = updateActions(true).filter(
            action => !uses.includes(action) && referenceOf(action).on["security-group"] === "known",
        );
        assert.ok(others.length > 4);
        const requests = others.map(action => {
            const asked = requestFor(action, "dev");
            const index = Object.keys(referenceOf(action).on).indexOf("security-group");
            // Tags go to one resource at a time.
            return { ...asked, resources: /:(Create|Delete)Tags$/.test(action) ? [GIVEN] : asked.resources.with(index, GIVEN) };
        });
        assert.deepEqual(
            requests.filter(one => isAllowed(told, one)).map(({ action }) => action),
            requests.filter(one => isAllowed(untold, one)).map(({ action }) => action),
        );
        assert.deepEqual(
            requests.filter(one => isAllowed(told, one)).map(({ action }) => action),
            [],
        );
    });

    it("is previewed by a role that changes no group", () => {
        const preview = { identity: Object.values(previewPolicies({ ...scopeOf("dev"), securityGroups: ["sg-1"] }, STATE)) };
        for (const use of USES(part("security-group/sg-1"))) assert.ok(!isAllowed(preview, use), use.action);
    });
});
