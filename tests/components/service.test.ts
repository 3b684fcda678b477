import assert from "node:assert/strict";
import { capacityProviders } from "../../model/capacity";
import { Given } from "../support/given";
import { INTERNET, WORKER, made } from "./service-fixture";

const SCALED = { scaling: { min: 2, max: 10, requestsPerTarget: 1000 } };

describe("a service", () => {
    const worker = [
        "Service web",
        "Task web-task",
        "cloudwatch.LogGroup web-task-logs",
        "ec2.SecurityGroup web-group",
        "ecs.Service web",
        "ecs.TaskDefinition web-task-definition",
        "iam.Role web-task-execution",
        "iam.RolePolicy web-task-execution",
        "test.Ground ground",
    ];
    const toEndpoints = [
        "vpc.SecurityGroupEgressRule web-to-endpoints",
        "vpc.SecurityGroupEgressRule web-to-s3",
        "vpc.SecurityGroupIngressRule web-endpoints-in",
    ];
    const routed = [
        "Target web-target",
        "lb.ListenerRule web-target-rule",
        "lb.TargetGroup web",
        "vpc.SecurityGroupEgressRule web-load-balancer-out",
        "vpc.SecurityGroupIngressRule web-from-load-balancer",
    ];

    it("behind the load balancer and endpoints is its tasks, its target and the rules between them", async () => {
        assert.deepEqual((await made()).list, [...worker, ...toEndpoints, ...routed].sort());
    });

    it("without a route is a worker that no load balancer knows", async () => {
        assert.deepEqual((await made(WORKER)).list, [...worker, ...toEndpoints].sort());
        assert.deepEqual((await made(WORKER, { loadBalancer: undefined })).list, [...worker, ...toEndpoints].sort());
        const listening = await made({ route: undefined });
        assert.deepEqual(listening.list, [...worker, ...toEndpoints].sort(), "though its container listens on a port");
    });

    it("with NAT gateways has one way out, to any HTTPS server", async () => {
        assert.deepEqual((await made(WORKER, INTERNET)).list, [...worker, "vpc.SecurityGroupEgressRule web-to-internet"].sort());
    });

    it("that follows load has scaling beside it", async () => {
        const scaling = [
            "Scaling web-scaling",
            "appautoscaling.Policy web-scaling-requests",
            "appautoscaling.Target web-scaling-target",
        ];
        assert.deepEqual((await made(SCALED)).list, [...worker, ...toEndpoints, ...routed, ...scaling].sort());
    });

    it("runs on Fargate in private subnets without a public address, rolls back by itself, and balances zones", async () => {
        assert.deepEqual(await ecsService({ tasks: 3, spotPercent: 50, health: { gracePeriodSeconds: 45 } }), {
            cluster: "arn:cluster",
            taskDefinition: "arn:aws:TaskDefinition:web-task-definition",
            desiredCount: 3,
            capacityProviderStrategies: capacityProviders(50),
            platformVersion: "LATEST",
            networkConfiguration: {
                subnets: ["subnet-1", "subnet-2"],
                securityGroups: ["SecurityGroup:web-group"],
                assignPublicIp: false,
            },
            loadBalancers: [{ targetGroupArn: "arn:aws:TargetGroup:web", containerName: "web", containerPort: 8080 }],
            healthCheckGracePeriodSeconds: 45,
            deploymentCircuitBreaker: { enable: true, rollback: true },
            deploymentMinimumHealthyPercent: 100,
            deploymentMaximumPercent: 200,
            availabilityZoneRebalancing: "ENABLED",
            enableEcsManagedTags: true,
            propagateTags: "SERVICE",
            forceNewDeployment: true,
            triggers: { spotPercent: "50" },
            waitForSteadyState: false,
            tags: { service: "web" },
        });
    });

    it("never runs twice where it is told so: the old task stops first, and ECS balances no zones by starting another", async () => {
        const rolling = async (minHealthyPercent: number) => {
            const inputs = await ecsService({ minHealthyPercent });
            return [
                inputs["deploymentMinimumHealthyPercent"],
                inputs["deploymentMaximumPercent"],
                inputs["availabilityZoneRebalancing"],
            ];
        };
        assert.deepEqual(await rolling(0), [0, 100, "DISABLED"]);
        assert.deepEqual(await rolling(50), [50, 200, "ENABLED"]);
    });

    it("has no load balancer and no grace period as a worker, since ECS would refuse the latter", async () => {
        const { loadBalancers, healthCheckGracePeriodSeconds } = await ecsService(WORKER);
        assert.deepEqual([loadBalancers, healthCheckGracePeriodSeconds], [undefined, undefined]);
    });

    it("is updated in place by another Spot share: its trigger changes with it", async () => {
        const spot = async (spotPercent: number) => {
            const { capacityProviderStrategies, triggers, forceNewDeployment } = await ecsService({ spotPercent });
            return { capacityProviderStrategies, triggers, forceNewDeployment };
        };
        assert.deepEqual(await spot(0), {
            capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
            triggers: { spotPercent: "0" },
            forceNewDeployment: true,
        });
        assert.deepEqual(await spot(25), {
            capacityProviderStrategies: [
                { capacityProvider: "FARGATE", weight: 3 },
                { capacityProvider: "FARGATE_SPOT", weight: 1 },
            ],
            triggers: { spotPercent: "25" },
            forceNewDeployment: true,
        });
    });

    it("has its number of tasks ignored after creation only where scaling owns it", async () => {
        const fixed = (await made({ tasks: 3 })).one("ecs.Service web");
        assert.deepEqual([fixed.inputs["desiredCount"], fixed.ignoreChanges], [3, []]);
        const scaled = (await made(SCALED)).one("ecs.Service web");
        assert.deepEqual([scaled.inputs["desiredCount"], scaled.ignoreChanges], [2, ["desiredCount"]]);
    });

    it("has a changed minimum take effect all the same, through the scaling target", async () => {
        const declared = await made({ scaling: { min: 4, max: 9 } });
        const { minCapacity, maxCapacity, resourceId } = declared.inputs("appautoscaling.Target web-scaling-target");
        assert.deepEqual(
            { minCapacity, maxCapacity, resourceId },
            { minCapacity: 4, maxCapacity: 9, resourceId: "service/fargate-dev/web" },
        );
    });

    it("follows requests of its own target, as the load balancer counts them", async () => {
        const { targetTrackingScalingPolicyConfiguration } = (await made(SCALED)).inputs(
            "appautoscaling.Policy web-scaling-requests",
        );
        assert.deepEqual((targetTrackingScalingPolicyConfiguration as Record<string, unknown>)["predefinedMetricSpecification"], {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: "app/load-balancer/targetgroup/TargetGroup:web",
        });
    });

    it("is given up on in a bounded time when it is deleted; to make or change it is one request", async () => {
        const { timeouts } = (await made({ drainSeconds: 60 })).one("ecs.Service web");
        assert.deepEqual(timeouts, { create: "", update: "", delete: "6m" });
    });

    it("lets its target drain as long as its container may take to stop, within ECS's limit", async () => {
        const declared = await made({ drainSeconds: 60 });
        assert.equal(declared.inputs("lb.TargetGroup web")["deregistrationDelay"], 60);
        assert.match(
            String(declared.inputs("ecs.TaskDefinition web-task-definition")["containerDefinitions"]),
            /"stopTimeout":60/,
        );
    });

    it("carries its name on everything that takes tags, for costs and for search", async () => {
        const tagged = (await made({ ...SCALED, permissions: [{ actions: ["s3:Get*"], resources: ["*"] }] })).resources.filter(
            ({ inputs, isComponent }) => !isComponent && "tags" in inputs,
        );
        assert.ok(tagged.every(({ inputs }) => (inputs["tags"] as Record<string, string>)["service"] === "web"));
        assert.deepEqual(tagged.map(({ name }) => name).sort(), [
            "web",
            "web",
            "web-group",
            "web-scaling-target",
            "web-target-rule",
            "web-task-definition",
            "web-task-execution",
            "web-task-logs",
            "web-task-task",
        ]);
    });

    it("needs a load balancer and a priority where it has a route", async () => {
        await assert.rejects(made({}, { loadBalancer: undefined }), {
            propertyPath: "loadBalancer",
            reason: "service web has a route, so it needs a load balancer",
        });
        await assert.rejects(made({}, { rulePriority: undefined }), {
            propertyPath: "rulePriority",
            reason: "service web has a route, so its listener rule needs a priority",
        });
    });

    it("tells the names by which operators find it", async () => {
        assert.deepEqual((await made()).outputs, { serviceName: "web", logGroupName: "fargate-dev-web" });
    });

    it("shows its plain arguments in a preview", async () => {
        assert.deepEqual((await made({ spotPercent: 25 })).inputs("Service web"), {
            tasks: 1,
            spotPercent: 25,
            route: { hosts: [], paths: ["/*"] },
            egress: "endpoints",
        });
    });

    it("tells ECS of alarms where a rollout is held against them, that they do not count where it was told before, and else nothing", async () => {
        const alarms = { thresholds: { errorPercent: 5, latencySeconds: 3 }, topicArn: "arn:topic" };
        const told = async (more: object, changes: Given = {}) => (await made(changes, more)).inputs("ecs.Service web")["alarms"];
        const names = ["errors", "latency"].map(key => `fargate-dev-web-${key}`);
        const off = { alarmNames: ["fargate-dev-web-errors"], enable: false, rollback: false };
        assert.deepEqual(await told({ alarms, rollbackOnAlarms: true }), { alarmNames: names, enable: true, rollback: true });
        assert.equal(await told({ alarms, rollbackOnAlarms: false }), undefined);
        assert.deepEqual(await told({ alarms, rollbackOnAlarms: false, wasToldOfAlarms: true }), off);
        assert.deepEqual(await told({ wasToldOfAlarms: true }), off);
        assert.deepEqual(await told({ alarms, rollbackOnAlarms: true, wasToldOfAlarms: true }, WORKER), off);
        assert.equal(await told({ alarms, rollbackOnAlarms: true }, WORKER), undefined);
    });
});

async function ecsService(changes: Given) {
    return (await made(changes)).inputs("ecs.Service web");
}
