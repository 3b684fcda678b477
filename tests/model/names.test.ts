import assert from "node:assert/strict";
import fc from "fast-check";
import {
    COMPONENT,
    OWN_NAME,
    SERVICE_NAME,
    SERVICE_NAME_LIMIT,
    logicalName,
    roleName,
    serviceName,
    serviceNameRoom,
    stackPrefix,
} from "../../model/names";

const name = fc.integer({ min: 1, max: 40 }).map(length => "x".repeat(length));

describe("names that other systems know", () => {
    it("start with project and stack, which deploy policies are written against", () => {
        assert.equal(stackPrefix({ project: "fargate", stack: "dev" }), "fargate-dev");
        assert.equal(serviceName({ project: "fargate", stack: "dev" }, "web"), "fargate-dev-web");
        assert.equal(roleName({ project: "fargate", stack: "dev" }, "web", "task"), "fargate-dev-web-task");
    });

    it("leave a service the room that keeps its longest role name within IAM's 64 characters", () => {
        fc.assert(
            fc.property(name, name, (project, stack) => {
                const room = serviceNameRoom({ project, stack });
                const roleName = (length: number) => `${serviceName({ project, stack }, "x".repeat(length))}-execution`;
                if (room > 0) assert.ok(roleName(room).length <= 64);
                if (room < SERVICE_NAME_LIMIT && room >= 0) assert.ok(roleName(room + 1).length > 64);
                assert.ok(room <= SERVICE_NAME_LIMIT);
            }),
        );
    });

    it("leave a target group's name, with the 8 characters that Pulumi adds, within ELB's 32", () => {
        assert.equal(SERVICE_NAME_LIMIT, 20);
    });

    it("are lower-case letters, digits and single hyphens inside", () => {
        for (const good of ["a", "web", "web-2", "a-b-c"]) assert.match(good, SERVICE_NAME);
        for (const bad of ["", "2web", "-web", "web-", "we--b", "Web", "web_1", "wéb", "web "])
            assert.doesNotMatch(bad, SERVICE_NAME);
    });
});

describe("names of what deployed stacks are made of", () => {
    it("stay, since another one would replace it", () => {
        assert.deepEqual(COMPONENT, {
            answers: "fargate:index:Answers",
            alarms: "fargate:index:Alarms",
            budget: "fargate:index:Budget",
            certificate: "fargate:index:Certificate",
            cluster: "fargate:index:Cluster",
            dashboard: "fargate:index:Dashboard",
            endpoints: "fargate:index:Endpoints",
            firewall: "fargate:index:Firewall",
            flowLogs: "fargate:index:FlowLogs",
            image: "fargate:index:Image",
            job: "fargate:index:Job",
            key: "fargate:index:Key",
            loadBalancer: "fargate:index:LoadBalancer",
            logBucket: "fargate:index:LogBucket",
            network: "fargate:index:Network",
            registry: "fargate:index:Registry",
            scaling: "fargate:index:Scaling",
            service: "fargate:index:Service",
            target: "fargate:index:Target",
            task: "fargate:index:Task",
            topic: "fargate:index:Topic",
        });
        const own = [
            ...["stack-budget", "certificate", "cluster", "endpoints", "stack-key", "stack-dashboard", "firewall", "flow-logs"],
            ...["load-balancer", "log-bucket", "network", "stack-alarms", "alarm-topic"],
        ];
        assert.deepEqual(Object.values(OWN_NAME), own);
        assert.equal(logicalName.image("web"), "web-image");
        assert.equal(logicalName.answers(OWN_NAME.loadBalancer), "load-balancer-answers");
        assert.equal(logicalName.targetGroup("web"), "web");
        assert.equal(logicalName.targetGroup("web", "grpc"), "web-RPC");
        assert.equal(logicalName.listenerRule("web-target", "http2"), "web-target-rule-H2");
        assert.equal(logicalName.taskDefinition(logicalName.task("web")), "web-task-definition");
        assert.equal(logicalName.endpoint("endpoints", "ecr.api"), "endpoints-ecr-api");
    });
});
