import assert from "node:assert/strict";
import { Declared } from "../support/declared";
import { INTERNET, WORKER, made } from "./service-fixture";

const TASKS = "SecurityGroup:web-group";
const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
const OWN_PORT = { ipProtocol: "tcp", fromPort: 8080, toPort: 8080 };

describe("the groups around a service are one chain", () => {
    it("tasks are reachable only through the load balancer, on their port", async () => {
        const declared = await made();
        assert.deepEqual(rules(declared, "SecurityGroupIngressRule", TASKS), [
            { ...OWN_PORT, securityGroupId: TASKS, referencedSecurityGroupId: "sg-load-balancer", description: "Load balancer" },
        ]);
        assert.deepEqual(rules(declared, "SecurityGroupEgressRule", "sg-load-balancer"), [
            { ...OWN_PORT, securityGroupId: "sg-load-balancer", referencedSecurityGroupId: TASKS, description: "Tasks of web" },
        ]);
    });

    it("a worker is reachable from nowhere", async () => {
        assert.deepEqual(rules(await made(WORKER), "SecurityGroupIngressRule", TASKS), []);
        assert.deepEqual(rules(await made(WORKER), "SecurityGroupEgressRule", "sg-load-balancer"), []);
    });

    it("tasks reach the endpoints and S3, and nothing else", async () => {
        const declared = await made();
        assert.deepEqual(rules(declared, "SecurityGroupEgressRule", TASKS), [
            { ...HTTPS, securityGroupId: TASKS, referencedSecurityGroupId: "sg-endpoints", description: "VPC endpoints" },
            { ...HTTPS, securityGroupId: TASKS, prefixListId: "pl-s3", description: "Gateway to s3" },
        ]);
        assert.deepEqual(rules(declared, "SecurityGroupIngressRule", "sg-endpoints"), [
            { ...HTTPS, securityGroupId: "sg-endpoints", referencedSecurityGroupId: TASKS, description: "Tasks of web" },
        ]);
    });

    it("tasks reach the gateways that their service uses", async () => {
        const egress = {
            to: "endpoints",
            securityGroupId: "sg-endpoints",
            prefixListIds: { dynamodb: "pl-d", s3: "pl-s" },
        } as const;
        const declared = await made({}, { egress });
        const lists = rules(declared, "SecurityGroupEgressRule", TASKS).flatMap(({ prefixListId }) => prefixListId ?? []);
        assert.deepEqual(lists, ["pl-d", "pl-s"]);
        assert.ok(declared.list.includes("vpc.SecurityGroupEgressRule web-to-dynamodb"));
    });

    it("tasks reach what their service names, one rule an arrow, and are let in where that is asked for", async () => {
        const group = "sg-0123456789abcdef0";
        const outbound = [
            { port: 6379, securityGroupId: group, openIngress: true },
            { port: 11211, securityGroupId: group },
            { port: 587, cidr: "10.9.0.0/24" },
            { port: 8443, prefixListId: "pl-0123456789abcdef0" },
        ];
        const declared = await made({ outbound });
        const at = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
        const out = (port: number, to: object, target: string) => ({
            securityGroupId: TASKS,
            ...to,
            ...at(port),
            description: `Outbound to ${target}`,
        });
        assert.deepEqual(rules(declared, "SecurityGroupEgressRule", TASKS).slice(2), [
            out(6379, { referencedSecurityGroupId: group }, group),
            out(11211, { referencedSecurityGroupId: group }, group),
            out(587, { cidrIpv4: "10.9.0.0/24" }, "10.9.0.0/24"),
            out(8443, { prefixListId: "pl-0123456789abcdef0" }, "pl-0123456789abcdef0"),
        ]);
        assert.deepEqual(rules(declared, "SecurityGroupIngressRule", group), [
            { securityGroupId: group, referencedSecurityGroupId: TASKS, ...at(6379), description: "Tasks of fargate-dev-web" },
        ]);
        const before = declared.before("ecs.Service web");
        for (const rule of [
            `EgressRule web-to-${group}-6379`,
            `IngressRule web-into-${group}-6379`,
            "EgressRule web-to-10.9.0.0-24-587",
        ])
            assert.ok(before.has(`vpc.SecurityGroup${rule}`), rule);
    });

    it("another port is let in before the old one is shut, on which running tasks still listen", async () => {
        const declared = await made();
        for (const rule of [
            "vpc.SecurityGroupIngressRule web-from-load-balancer",
            "vpc.SecurityGroupEgressRule web-load-balancer-out",
        ]) {
            assert.deepEqual(declared.one(rule).replaceOnChanges, ["fromPort", "toPort"]);
        }
    });

    it("tasks reach any HTTPS server behind NAT gateways, and nothing else", async () => {
        assert.deepEqual(rules(await made({}, INTERNET), "SecurityGroupEgressRule", TASKS), [
            { ...HTTPS, securityGroupId: TASKS, cidrIpv4: "0.0.0.0/0", description: "HTTPS, through NAT" },
        ]);
        const declared = await made({}, INTERNET);
        assert.equal(declared.one("vpc.SecurityGroupEgressRule web-to-internet").parent, declared.one("Service web").urn);
    });

    it("no address range is in any rule but there", async () => {
        for (const declared of [await made(), await made(WORKER)]) {
            assert.doesNotMatch(JSON.stringify(declared.resources), /cidrIpv|0\.0\.0\.0/);
        }
    });

    it("the target is in the network of its tasks", async () => {
        const declared = await made();
        assert.equal(declared.inputs("lb.TargetGroup web")["vpcId"], declared.inputs("ec2.SecurityGroup web-group")["vpcId"]);
    });

    it("every rule is a resource of its own: the group has none inline, which would drift", async () => {
        assert.deepEqual((await made()).inputs("ec2.SecurityGroup web-group"), {
            vpcId: "vpc-1",
            description: "Tasks of web",
            tags: { service: "web", Name: "web-group" },
        });
    });
});

describe("a service is created after", () => {
    it("its listener rule, without which ECS refuses the target group", async () => {
        assert.ok((await made()).before("ecs.Service web").has("lb.ListenerRule web-target-rule"));
    });

    it("its log group and its roles' policies, without which tasks do not start", async () => {
        const before = (await made({ permissions: [{ actions: ["s3:Get*"], resources: ["*"] }] })).before("ecs.Service web");
        for (const part of [
            "cloudwatch.LogGroup web-task-logs",
            "iam.RolePolicy web-task-execution",
            "iam.RolePolicy web-task-task",
        ]) {
            assert.ok(before.has(part), part);
        }
    });

    it("every one of its group rules, without which tasks reach nothing and nobody reaches them", async () => {
        for (const declared of [await made(), await made({}, INTERNET)]) {
            const before = declared.before("ecs.Service web");
            const groupRules = declared.list.filter(line => line.includes("Rule web-") && line.startsWith("vpc."));
            assert.ok(groupRules.length > 0);
            for (const rule of groupRules) assert.ok(before.has(rule), rule);
        }
    });

    it("whatever it stands on: endpoints, routes, capacity", async () => {
        assert.ok((await made()).before("ecs.Service web").has("test.Ground ground"));
    });
});

describe("on the way to a service", () => {
    it("its task definition, roles, logs and target wait for nothing that it stands on", async () => {
        const declared = await made();
        for (const part of [
            "ecs.TaskDefinition web-task-definition",
            "cloudwatch.LogGroup web-task-logs",
            "lb.ListenerRule web-target-rule",
        ]) {
            assert.ok(!declared.before(part).has("test.Ground ground"), part);
        }
    });

    it("its target does not wait for its roles, nor its roles for its target", async () => {
        const declared = await made();
        assert.deepEqual(declared.before("lb.TargetGroup web"), new Set());
        assert.deepEqual(declared.before("iam.RolePolicy web-task-execution"), new Set(["iam.Role web-task-execution"]));
    });
});

/** Rules of a kind that are on a group. */
function rules(declared: Declared, kind: string, group: string): Declared["resources"][number]["inputs"][] {
    return declared
        .all(`vpc.${kind}`)
        .map(({ inputs }) => inputs)
        .filter(({ securityGroupId }) => securityGroupId === group);
}
