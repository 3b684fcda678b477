import assert from "node:assert/strict";
import { Given } from "../support/given";
import { LOG_GROUPS, NAT, STATE, found } from "./found";

const NAME = "/aws/ecs/containerinsights/fargate-dev/performance";
const ON: Given = { ...NAT, containerInsights: "enabled" };
const there = (...logGroupNames: string[]) => ({
    [LOG_GROUPS]: (inputs: Readonly<Record<string, unknown>>) => {
        assert.deepEqual(inputs, { logGroupNamePrefix: NAME });
        return { logGroupNames };
    },
});
const refuses = () => assert.fail("asked");

describe("the log group of Container Insights", () => {
    it("is taken over where AWS has made one, by its whole name", async () => {
        assert.equal((await found(ON, there(NAME))).hasForeignInsights, true);
        assert.equal((await found(ON, there(`${NAME}-2`))).hasForeignInsights, false);
        assert.equal((await found(ON, there())).hasForeignInsights, false);
    });

    it("is the stack's own where its state has it, and nobody is asked", async () => {
        const state = { outputs: { a: { type: "aws:cloudwatch/logGroup:LogGroup", outputs: { name: NAME } } } };
        const own = { [STATE]: () => state, [LOG_GROUPS]: refuses };
        assert.equal((await found(ON, own)).hasForeignInsights, false);
    });

    it("is nobody's where Container Insights is off", async () => {
        assert.equal((await found(NAT, { [LOG_GROUPS]: refuses })).hasForeignInsights, false);
    });
});
