import assert from "node:assert/strict";
import { deployPolicies, previewPolicies } from "../../iam/roles";
import type { Scope } from "../../iam/scope";
import { Context, Request, isAllowed } from "./evaluate";
import { STATE, requestFor, scopeOf, tags } from "./requests";

const HERE = "ap-northeast-2:123456789012";
const roleOf = (more: Partial<Scope> = {}) => ({
    identity: Object.values(deployPolicies({ ...scopeOf("dev"), ...more }, STATE)),
});
const dev = roleOf();

/** What the program asks for, but for this. */
const but = (action: string, context: Context): Request => {
    const request = requestFor(action, "dev");
    return { ...request, context: { ...request.context, ...context } };
};
/** The same without any condition key of the service. */
const bare = (action: string): Request => {
    const request = requestFor(action, "dev");
    const kept = Object.entries(request.context ?? {}).filter(([key]) => key.startsWith("aws:"));
    return { ...request, context: Object.fromEntries(kept) };
};

const SERVICES = ["ecs:CreateService", "ecs:UpdateService"];
const BALANCERS = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:SetSubnets"];

describe("the deploy role of dev, by what a request says,", () => {
    it("starts dev's task definitions alone", () => {
        const ofTasks = (name: string) => ({ "ecs:task-definition": `arn:aws:ecs:${HERE}:task-definition/${name}:3` });
        for (const action of SERVICES) {
            assert.ok(isAllowed(dev, but(action, ofTasks("fargate-dev-web"))), action);
            for (const other of ["fargate-prod-web", "fargate-dev", "fargate-devel-web", "payroll"])
                assert.ok(!isAllowed(dev, but(action, ofTasks(other))), `${action} ${other}`);
        }
    });

    it("gives tasks no public address", () => {
        for (const action of SERVICES) assert.ok(!isAllowed(dev, but(action, { "ecs:auto-assign-public-ip": "true" })), action);
    });

    it("starts nothing with ECS Exec, unless the bootstrap says that dev may", () => {
        for (const action of [...SERVICES, "ecs:RunTask"]) {
            const opened = but(action, { "ecs:enable-execute-command": "true" });
            assert.ok(!isAllowed(dev, opened), action);
            assert.ok(isAllowed(roleOf({ exec: true }), opened), action);
            assert.ok(isAllowed(roleOf({ exec: true }), but(action, {})), action);
        }
    });

    it("updates a service in what a request names, and leaves the rest as it is", () => {
        assert.ok(isAllowed(dev, bare("ecs:UpdateService")));
        assert.ok(isAllowed(roleOf({ subnets: { own: ["subnet-1"], others: [] } }), bare("ecs:UpdateService")));
    });

    it("uses the subnets of dev where the bootstrap is told them, in each action that AWS knows subnets of", () => {
        const told = roleOf({ subnets: { own: ["subnet-1", "subnet-2"], others: ["subnet-8"] } });
        for (const [actions, key] of [
            [SERVICES, "ecs:subnet"],
            [BALANCERS, "elasticloadbalancing:Subnet"],
        ] as const)
            for (const action of actions) {
                const inside = (...ids: string[]) => but(action, { [key]: ids });
                assert.ok(isAllowed(told, inside("subnet-1", "subnet-2")), action);
                for (const ids of [["subnet-9"], ["subnet-1", "subnet-9"], ["subnet-8"]])
                    assert.ok(!isAllowed(told, inside(...ids)), `${action} ${ids.join()}`);
                assert.ok(isAllowed(dev, inside("subnet-9")), action);
            }
    });

    it("uses no subnet that is told to be another's, before its own are known", () => {
        const others = roleOf({ subnets: { own: [], others: ["subnet-8", "subnet-9"] } });
        for (const action of SERVICES) {
            assert.ok(isAllowed(others, but(action, { "ecs:subnet": ["subnet-1"] })), action);
            for (const ids of [["subnet-8"], ["subnet-1", "subnet-9"]])
                assert.ok(!isAllowed(others, but(action, { "ecs:subnet": ids })), `${action} ${ids.join()}`);
        }
    });

    it("makes load balancers that face the internet, unless the bootstrap says that dev's are internal", () => {
        const action = "elasticloadbalancing:CreateLoadBalancer";
        const scheme = (value: string) => but(action, { "elasticloadbalancing:Scheme": value });
        assert.ok(isAllowed(dev, scheme("internet-facing")));
        const internal = roleOf({ internal: true });
        assert.ok(isAllowed(internal, scheme("internal")));
        assert.ok(!isAllowed(internal, scheme("internet-facing")));
        // AWS would make that one face the internet.
        assert.ok(!isAllowed(internal, bare(action)));
    });

    it("makes alarms that tell a topic, and none that stops an instance or runs a function", () => {
        const alarm = `arn:aws:cloudwatch:${HERE}:alarm:fargate-dev-web-cpu`;
        const ofScaling = `arn:aws:cloudwatch:${HERE}:alarm:TargetTracking-service/fargate-dev/web-AlarmHigh-1a`;
        const put = (arn: string, ...actions: string[]) =>
            isAllowed(dev, {
                action: "cloudwatch:PutMetricAlarm",
                resources: [{ arn }],
                context: { "cloudwatch:AlarmActions": actions },
            });
        const topic = `arn:aws:sns:${HERE}:ops`;
        const policy = `arn:aws:autoscaling:${HERE}:scalingPolicy:1a:resource/ecs/service/fargate-dev/web:policyName/a`;
        assert.ok(put(alarm, topic));
        assert.ok(put(alarm));
        assert.ok(put(ofScaling, policy));
        for (const other of ["arn:aws:automate:ap-northeast-2:ec2:terminate", `arn:aws:lambda:${HERE}:function:payroll`]) {
            assert.ok(!put(alarm, other), other);
            assert.ok(!put(alarm, topic, other), other);
            assert.ok(!put(ofScaling, other), other);
        }
    });

    it("ends subscriptions of its own topic alone", () => {
        for (const action of ["sns:Unsubscribe", "sns:GetSubscriptionAttributes"])
            for (const [name, isOwn] of [
                ["fargate-dev-alarms", true],
                ["fargate-prod-alarms", false],
                ["ops", false],
            ] as const)
                assert.equal(isAllowed(dev, { action, resources: [{ arn: `arn:aws:sns:${HERE}:${name}` }] }), isOwn, name);
    });
});

describe("what AWS authorizes in another way than its name says", () => {
    const preview = { identity: Object.values(previewPolicies(scopeOf("dev", "prod"), STATE)) };

    it("is alarms, which are read on * by both roles", () => {
        const read = (region: string): Request => ({
            action: "cloudwatch:DescribeAlarms",
            resources: [{ arn: "*" }],
            context: { "aws:RequestedRegion": region },
        });
        for (const role of [dev, preview]) {
            assert.ok(isAllowed(role, read("ap-northeast-2")));
            assert.ok(!isAllowed(role, read("us-east-1")));
        }
    });

    it("is the order of rules, for which it evaluates no tags", () => {
        const rule = (name: string) => `arn:aws:elasticloadbalancing:${HERE}:${name}/app/a/1/2/3`;
        const order = (arn: string) => isAllowed(dev, { action: "elasticloadbalancing:SetRulePriorities", resources: [{ arn }] });
        assert.ok(order(rule("listener-rule")));
        assert.ok(!order(rule("listener")));
        // What is in a rule is limited by them.
        for (const action of ["ModifyRule", "DeleteRule"].map(name => `elasticloadbalancing:${name}`)) {
            const on = (context: Context) => isAllowed(dev, { action, resources: [{ arn: rule("listener-rule"), context }] });
            assert.ok(on(tags("aws:ResourceTag", "dev")) && !on(tags("aws:ResourceTag", "prod")) && !on({}), action);
        }
    });
});
