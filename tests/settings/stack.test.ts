import assert from "node:assert/strict";
import { problems, settings } from "../support/given";

describe("the stack", () => {
    it("has a name that roles, repositories and clusters can carry", () => {
        const allowed = "a project and a stack of lower-case letters, digits and single hyphens, starting with a letter";
        assert.deepEqual(problems({}, { stack: "dev_1" }), [`pulumi:stack: fargate-dev_1 | ${allowed}; not "_"`]);
        assert.deepEqual(problems({}, { project: "Shop" }), [`pulumi:stack: Shop-dev | ${allowed}; not "S"`]);
        assert.deepEqual(problems({}, { stack: "dev-" }), [`pulumi:stack: fargate-dev- | ${allowed}`]);
    });

    it("has a name that leaves room for its services', or is told itself, and not they", () => {
        const stack = (length: number) => ({ stack: "s".repeat(length) });
        settings({ services: { w: { build: { context: "./app" } } } }, stack(44));
        assert.deepEqual(problems({}, stack(50)), [
            `pulumi:stack: fargate-${"s".repeat(50)}, of 58 characters | at most 52 for <project>-<stack>, of which Pulumi.yaml says the first and ` +
                "pulumi stack init the second: the role <project>-<stack>-<service>-execution has at most 64",
        ]);
    });

    it("keeps logs for a time that CloudWatch knows", () => {
        assert.match(problems({ logRetentionDays: 8 })[0] ?? "", /logRetentionDays: 8 \| 1, 3, 5, 7, 14, /);
        assert.equal(settings({ logRetentionDays: 30 }).logRetentionDays, 30);
    });
});
