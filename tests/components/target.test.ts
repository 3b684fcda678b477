import assert from "node:assert/strict";
import { Target, TargetArgs } from "../../components/target";
import { cached, declare } from "../support/declared";

const ARGS: TargetArgs = {
    vpcId: "vpc-1",
    loadBalancer: { listenerArn: "arn:listener", arnSuffix: "app/load-balancer" },
    serviceName: "web",
    route: { hosts: ["shop.example.com"], paths: ["/api/*"] },
    rulePriority: 10_168,
    port: 8080,
    health: { path: "/healthz", intervalSeconds: 10, timeoutSeconds: 5, gracePeriodSeconds: 30 },
    drainSeconds: 15,
    tags: { service: "web" },
};

const made = cached((changes: Partial<TargetArgs> = {}) =>
    declare(() => {
        const { targetGroupArn, port, front, ready } = new Target("web-target", { ...ARGS, ...changes });
        return { targetGroupArn, port, front, ready: ready.map(({ urn }) => urn) };
    }),
);

describe("a target", () => {
    it("is a target group and the listener rule in front of it", async () => {
        assert.deepEqual((await made()).list, ["Target web-target", "lb.ListenerRule web-target-rule", "lb.TargetGroup web"]);
    });

    it("asks a task's own port for health often, and lets go of a leaving task soon", async () => {
        assert.deepEqual((await made()).inputs("lb.TargetGroup web"), {
            vpcId: "vpc-1",
            targetType: "ip",
            protocol: "HTTP",
            port: 80,
            deregistrationDelay: 15,
            healthCheck: {
                path: "/healthz",
                protocol: "HTTP",
                port: "traffic-port",
                matcher: "200-399",
                interval: 10,
                timeout: 5,
                healthyThreshold: 2,
                unhealthyThreshold: 3,
            },
            tags: { service: "web" },
        });
    });

    it("is not replaced by another port of the container, which ECS registers each task with", async () => {
        const [before, after] = [await made(), await made({ port: 9090 })].map(declared => declared.inputs("lb.TargetGroup web"));
        assert.deepEqual(after, before);
        assert.equal(((await made({ port: 9090 })).outputs as { port: unknown }).port, 9090);
    });

    it("gets what its hosts and paths match, at the priority that it is given", async () => {
        assert.deepEqual((await made()).inputs("lb.ListenerRule web-target-rule"), {
            listenerArn: "arn:listener",
            priority: 10_168,
            conditions: [{ hostHeader: { values: ["shop.example.com"] } }, { pathPattern: { values: ["/api/*"] } }],
            actions: [{ type: "forward", targetGroupArn: "arn:aws:TargetGroup:web" }],
            tags: { service: "web" },
        });
    });

    it("has a condition for hosts or for paths only where the route names some", async () => {
        const conditions = async (route: TargetArgs["route"]) =>
            (await made({ route })).inputs("lb.ListenerRule web-target-rule")["conditions"];
        assert.deepEqual(await conditions({ hosts: [], paths: ["/*"] }), [{ pathPattern: { values: ["/*"] } }]);
        assert.deepEqual(await conditions({ hosts: ["a.io"], paths: ["/*"] }), [{ hostHeader: { values: ["a.io"] } }]);
    });

    it("has the service's name alone, which leaves Pulumi its 8 of ELB's 32 characters", async () => {
        const { name, inputs } = (await made()).one("lb.TargetGroup web");
        assert.equal(name, "web");
        assert.equal(inputs["name"], undefined);
    });

    it("is ready for ECS when the rule uses it, and known to autoscaling by load balancer and group", async () => {
        const declared = await made();
        assert.deepEqual(declared.outputs, {
            targetGroupArn: "arn:aws:TargetGroup:web",
            port: 8080,
            front: { loadBalancer: "app/load-balancer", targetGroup: "targetgroup/TargetGroup:web" },
            ready: [declared.one("lb.ListenerRule web-target-rule").urn],
        });
    });

    it("shows its plain arguments in a preview", async () => {
        const { route, port, health, drainSeconds } = ARGS;
        assert.deepEqual((await made()).inputs("Target web-target"), { route, port, health, drainSeconds });
    });
});
