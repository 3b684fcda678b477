import assert from "node:assert/strict";
import { PolicyDocument, Statement, policy } from "../../iam/documents";
import { Context, isAllowed } from "./evaluate";

const allow = (more: Partial<Statement> = {}): PolicyDocument =>
    policy({ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/*"], ...more });
const deny = (more: Partial<Statement> = {}) => allow({ ...more, Effect: "Deny" });
const ask = (identity: PolicyDocument | PolicyDocument[], context: Context = {}, arn = "arn:aws:s3:::a/b") =>
    isAllowed({ identity: [identity].flat() }, { action: "s3:GetObject", resources: [{ arn }], context });
const when = (operator: string, key: string, value: string | string[]) => allow({ Condition: { [operator]: { [key]: value } } });

describe("the evaluator of policies", () => {
    it("refuses what nothing allows, and what anything denies", () => {
        assert.ok(ask(allow()));
        assert.ok(!ask(policy()));
        assert.ok(!ask([allow(), deny()]));
        assert.ok(!ask([deny(), allow()]));
        assert.ok(ask([allow(), deny({ Action: ["s3:PutObject"] })]));
    });

    it("knows a boundary: it allows nothing by itself, and limits everything", () => {
        const request = { action: "s3:GetObject", resources: [{ arn: "arn:aws:s3:::a/b" }] };
        assert.ok(!isAllowed({ identity: [], boundary: allow() }, request));
        assert.ok(!isAllowed({ identity: [allow()], boundary: policy() }, request));
        assert.ok(isAllowed({ identity: [allow()], boundary: allow() }, request));
        assert.ok(!isAllowed({ identity: [allow()], boundary: policy(...allow().Statement, ...deny().Statement) }, request));
    });

    it("needs every resource of a request allowed, each with its own context", () => {
        const tagged = when("StringEquals", "aws:ResourceTag/stack", "dev");
        const own = { arn: "arn:aws:s3:::a/1", context: { "aws:ResourceTag/stack": "dev" } };
        const other = { arn: "arn:aws:s3:::a/2", context: { "aws:ResourceTag/stack": "prod" } };
        const request = (...resources: (typeof own)[]) => ({ action: "s3:GetObject", resources });
        assert.ok(isAllowed({ identity: [tagged] }, request(own, own)));
        assert.ok(!isAllowed({ identity: [tagged] }, request(own, other)));
        assert.throws(() => isAllowed({ identity: [tagged] }, request()), RangeError);
    });

    it("compares actions without and resources with regard to case, and knows both wildcards", () => {
        assert.ok(ask(allow({ Action: ["S3:getobject"] })));
        assert.ok(ask(allow({ Action: ["s3:Get*"] })));
        assert.ok(!ask(allow({ Action: ["s3:Put*"] })));
        assert.ok(!ask(allow({ Resource: ["arn:aws:s3:::A/*"] })));
        assert.ok(ask(allow({ Resource: ["arn:aws:s3:::a/?"] })));
        assert.ok(!ask(allow({ Resource: ["arn:aws:s3:::a/?"] }), {}, "arn:aws:s3:::a/bb"));
        assert.ok(!ask(allow({ Resource: ["arn:aws:s3:::a.c/*"] }), {}, "arn:aws:s3:::abc/x"));
        assert.ok(ask(allow({ Resource: ["*"] })));
    });

    it("finds no match for a key that a request lacks", () => {
        for (const operator of ["StringEquals", "StringLike", "ArnLike", "Bool", "ForAnyValue:StringEquals"])
            assert.ok(!ask(when(operator, "k", "v")), operator);
        assert.ok(ask(when("ForAllValues:StringEquals", "k", "v")), "ForAllValues holds for none");
    });

    it("knows each operator", () => {
        assert.ok(ask(when("StringEquals", "k", ["v", "w"]), { K: "w" }));
        assert.ok(!ask(when("StringEquals", "k", "v*"), { k: "vv" }));
        assert.ok(ask(when("StringLike", "k", "v*"), { k: "vv" }));
        assert.ok(!ask(when("StringLike", "k", "v*"), { k: "av" }));
        assert.ok(ask(when("Bool", "k", "true"), { k: "True" }));
        assert.ok(!ask(when("Bool", "k", "true"), { k: "false" }));
        assert.ok(ask(when("ArnLike", "k", "arn:aws:ecs:*:1:*"), { k: "arn:aws:ecs:r:1:a:b" }));
        assert.ok(!ask(when("ArnLike", "k", "arn:aws:ecs:*"), { k: "arn:aws:ecs:r:1:a" }), "an asterisk is one part");
        assert.ok(ask(when("Null", "k", "true")));
        assert.ok(!ask(when("Null", "k", "true"), { k: "v" }));
        assert.ok(ask(when("Null", "k", "false"), { k: "v" }));
        assert.ok(ask(when("ForAllValues:StringLike", "k", ["a*", "b"]), { k: ["a1", "b"] }));
        assert.ok(!ask(when("ForAllValues:StringEquals", "k", "a"), { k: ["a", "b"] }));
        assert.ok(ask(when("ForAnyValue:StringEquals", "k", "a"), { k: ["a", "b"] }));
        assert.ok(!ask(when("ForAnyValue:StringEquals", "k", "c"), { k: ["a", "b"] }));
        assert.ok(ask(when("StringEqualsIfExists", "k", "v"), { k: "v" }));
        assert.ok(!ask(when("StringEqualsIfExists", "k", "v"), { k: "w" }));
        assert.ok(ask(when("StringEqualsIfExists", "k", "v")));
    });

    it("needs every operator and every key of a condition to hold", () => {
        const both = allow({ Condition: { StringEquals: { a: "1", b: "2" }, Null: { c: "true" } } });
        assert.ok(ask(both, { a: "1", b: "2" }));
        assert.ok(!ask(both, { a: "1" }));
        assert.ok(!ask(both, { a: "1", b: "2", c: "3" }));
    });

    it("negates as IAM does: of several values none may be equal", () => {
        const others = when("ForAllValues:StringNotEquals", "k", ["v", "w"]);
        assert.ok(ask(others, { k: ["x", "y"] }));
        assert.ok(!ask(others, { k: ["x", "w"] }));
        assert.ok(ask(others, {}));
    });

    it("guesses nothing: what it does not understand throws", () => {
        assert.throws(() => ask(when("StringEqualsIgnoreCase", "k", "v"), { k: "v" }), /StringEqualsIgnoreCase/);
        assert.throws(() => ask(when("NullIfExists", "k", "true")), /NullIfExists/);
        assert.throws(() => ask(when("NumericEquals", "k", "v"), { k: "v" }), /NumericEquals/);
        assert.throws(() => ask(when("NumericLessThan", "k", "1"), { k: "0" }), /NumericLessThan/);
        assert.throws(() => ask(when("ForSomeValues:StringEquals", "k", "v"), { k: "v" }), /ForSomeValues/);
        assert.throws(() => ask(when("StringEquals", "k", "${aws:username}"), { k: "v" }), /policy variable/);
        assert.throws(() => ask(allow({ Resource: ["arn:aws:s3:::${x}/*"] })), /policy variable/);
        assert.throws(() => ask(when("StringEquals", "k", "v"), { k: ["v", "w"] }), /several values/);
        assert.throws(() => ask(allow({ NotAction: ["s3:*"] } as Partial<Statement>)), /NotAction/);
        assert.throws(() => ask(allow({ Principal: { AWS: "*" } })), /principal/);
    });
});
