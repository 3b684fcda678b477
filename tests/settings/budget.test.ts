import assert from "node:assert/strict";
import { Given, problems, settings } from "../support/given";

const TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:ops";
const EMAIL = { email: ["ops@example.com"] };

const alerts = (given: Given, budget: object = {}) =>
    settings({ budget: { monthlyUsd: 200, ...budget }, ...given }).budget?.alerts;

describe("the budget of a stack", () => {
    it("is AWS's too where there is somebody to tell: in production, and in development with alarms", () => {
        assert.equal(alerts({ profile: "production", allowHttp: true }), true);
        assert.equal(alerts({ profile: "production", allowHttp: true, alarms: { enabled: false } }), undefined);
        assert.equal(alerts({}), undefined);
        assert.equal(alerts({ alarms: EMAIL }), true);
        assert.equal(settings({ alarms: EMAIL }).budget, undefined);
    });

    it("is not AWS's where the file says so", () => {
        assert.equal(alerts({ alarms: EMAIL }, { alerts: false }), undefined);
    });

    it("tells a topic of others only when asked to: AWS would refuse it in the middle of an update", () => {
        assert.equal(alerts({ alarms: { topicArn: TOPIC } }), undefined);
        assert.equal(alerts({ alarms: { topicArn: TOPIC } }, { alerts: true }), true);
    });

    it("cannot tell nobody, or be AWS's where AWS does not count in USD", () => {
        const budget = { monthlyUsd: 200, alerts: true };
        const china = { "aws:region": "cn-north-1", services: { web: { build: { context: "./app" } } } };
        for (const [given, allowed] of [
            [{ budget }, /alerts.*true.*fargate:alarms, which says who is told/s],
            [{ budget: { monthlyUsd: 200 }, alarms: EMAIL, ...china }, /false: AWS counts in USD only.*cn-north-1 is in aws-cn/s],
            [{ budget: { monthlyUsd: 0.001 } }, /at least 0.01/],
        ] as const)
            assert.match(problems(given).join("\n"), allowed);
        assert.equal(alerts({ alarms: EMAIL, ...china }, { alerts: false }), undefined);
    });
});
