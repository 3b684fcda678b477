import assert from "node:assert/strict";
import { LoadBalancer } from "../../components/load-balancer";
import { Target, TargetArgs } from "../../components/target";
import { SERVICE_NAME, SERVICE_NAME_LIMIT, logicalName } from "../../model/names";
import { PROTOCOLS } from "../../model/protocol";
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

    it("has another target group with another load balancer: AWS lets one serve a single one", async () => {
        const declared = await declare(() => {
            const { resource, listenerArn, arnSuffix } = new LoadBalancer("load-balancer", {
                vpcId: "vpc-1",
                subnetIds: [],
                deletionProtection: false,
            });
            new Target("web-target", { ...ARGS, loadBalancer: { resource, listenerArn, arnSuffix } });
        });
        assert.deepEqual(declared.one("lb.TargetGroup web").replaceWith, [declared.one("lb.LoadBalancer load-balancer").urn]);
        assert.deepEqual((await made()).one("lb.TargetGroup web").replaceWith, []);
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

    it("is sticky by a cookie of the load balancer, and is told so when it no longer is: the provider leaves what nobody says", async () => {
        const stickiness = async (changes: Partial<TargetArgs>) =>
            (await made(changes)).inputs("lb.TargetGroup web")["stickiness"];
        const sticky = { ...ARGS.route, sticky: { seconds: 3600 } };
        assert.deepEqual(await stickiness({ route: sticky }), { type: "lb_cookie", cookieDuration: 3600, enabled: true });
        assert.deepEqual(await stickiness({ wasSticky: true }), { type: "lb_cookie", enabled: false });
        assert.deepEqual(await stickiness({ route: sticky, wasSticky: true }), await stickiness({ route: sticky }));
        assert.equal(await stickiness({}), undefined);
    });

    it("starts slowly where it is asked to", async () => {
        const { slowStart } = (await made({ route: { ...ARGS.route, slowStartSeconds: 60 } })).inputs("lb.TargetGroup web");
        assert.equal(slowStart, 60);
    });

    it("of another protocol is another group behind another rule, which AWS and the provider cannot change in place", async () => {
        const health = { ...ARGS.health, path: "/AWS.ALB/healthcheck" };
        const grpc = await made({ route: { ...ARGS.route, protocol: "grpc" }, health });
        assert.deepEqual(grpc.list, ["Target web-target", "lb.ListenerRule web-target-rule-RPC", "lb.TargetGroup web-RPC"]);
        const { protocol, protocolVersion, healthCheck } = grpc.inputs("lb.TargetGroup web-RPC");
        assert.deepEqual([protocol, protocolVersion], ["HTTP", "GRPC"]);
        const { matcher, path } = healthCheck as Record<string, unknown>;
        assert.deepEqual([matcher, path], ["12", "/AWS.ALB/healthcheck"]);
        const own = await made({ route: { ...ARGS.route, protocol: "grpc" }, health: { ...health, path: "/a.B/C" } });
        assert.equal((own.inputs("lb.TargetGroup web-RPC")["healthCheck"] as Record<string, unknown>)["matcher"], "0");
        const http2 = (await made({ route: { ...ARGS.route, protocol: "http2" } })).inputs("lb.TargetGroup web-H2");
        assert.deepEqual(
            [http2["protocolVersion"], (http2["healthCheck"] as Record<string, unknown>)["matcher"]],
            ["HTTP2", "200-399"],
        );
        const [plain, named] = [await made(), await made({ route: { ...ARGS.route, protocol: "http1" } })];
        assert.deepEqual(named.inputs("lb.TargetGroup web"), plain.inputs("lb.TargetGroup web"));
    });

    it("has names that fit ELB's 32 characters with Pulumi's 8, and that no service has", () => {
        for (const protocol of PROTOCOLS) {
            const name = logicalName.targetGroup("a".repeat(SERVICE_NAME_LIMIT), protocol);
            assert.ok(name.length <= 24, name);
            assert.equal(SERVICE_NAME.test(name), protocol === "http1");
        }
    });
});
