import assert from "node:assert/strict";
import { problems, settings } from "../support/given";

describe("the stack", () => {
    it("has a name that roles, repositories and clusters can carry", () => {
        const allowed = "a project and a stack named with lower-case letters, digits and hyphens";
        assert.deepEqual(problems({}, { stack: "Dev_1" }), [`pulumi:stack: fargate-Dev_1 | ${allowed}`]);
        assert.deepEqual(problems({}, { project: "Shop" }), [`pulumi:stack: Shop-dev | ${allowed}`]);
    });

    it("keeps logs for a time that CloudWatch knows", () => {
        assert.match(problems({ logRetentionDays: 8 })[0] ?? "", /logRetentionDays: 8 \| 1, 3, 5, 7, 14, /);
        assert.equal(settings({ logRetentionDays: 30 }).logRetentionDays, 30);
    });
});
