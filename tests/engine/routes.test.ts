import * as assert from "node:assert/strict";
import { Change, Session, isNoProof, openSession } from "./harness";

const ROUTE = ["fargate:services", "web", "route"];
const HOSTS = { hosts: ["shop.example.com"] };
const RICH = {
    ...HOSTS,
    headers: { "X-Api-Version": ["2", "3"] },
    methods: ["GET"],
    query: { beta: "1" },
    sticky: { seconds: 3600 },
    slowStartSeconds: 30,
};
const ANSWERS = {
    redirects: [{ hosts: ["www.shop.example.com"], to: "shop.example.com" }],
    answers: [{ paths: ["/robots.txt"], body: "User-agent: *\n" }],
};
const OWN_RULES = ["answer-/robots.txt", "redirect-www.shop.example.com"];

describe("routes, redirects and answers, on the real engine", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    let session: Session;
    let untouched: unknown;

    before(async () => {
        const config = {
            "aws:region": "ap-northeast-2",
            "fargate:network": JSON.stringify({ zones: ["ap-northeast-2a", "ap-northeast-2c"] }),
            "fargate:domain": JSON.stringify({ name: "shop.example.com", zone: "example.com" }),
            "fargate:services": JSON.stringify({
                web: { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/sandbox/web:1", port: 8080, route: HOSTS },
            }),
        };
        session = await openSession("engine-routes", "routes", { project: "fargate", stack: "routes", secretKeys: [], config });
        untouched = (await session.emulator.resources()).filter(isNoProof);
    });
    after(() => session.close());

    /** What an update to this does, after which nothing is left to do. */
    async function became(...changes: readonly Change[]): Promise<string[]> {
        await session.configure(...changes);
        const done = await session.up();
        assert.deepEqual(await session.preview(), []);
        assert.deepEqual(await session.preview({ refresh: true }), []);
        return done;
    }

    it("begin with hosts alone", async () => {
        const done = await became();
        assert.ok(done.includes("create lb.TargetGroup web") && done.includes("create lb.ListenerRule web-target-rule"));
    });

    it("get every condition, cookie and answer in place, and give them up again", async () => {
        const inPlace = ["update lb.ListenerRule web-target-rule", "update lb.TargetGroup web"];
        const rules = (op: string) => OWN_RULES.map(name => `${op} lb.ListenerRule ${name}`);
        assert.deepEqual(
            await became([ROUTE, RICH], [["fargate:loadBalancer"], ANSWERS]),
            [...rules("create"), ...inPlace].sort(),
        );
        assert.deepEqual(
            await became([ROUTE, HOSTS], [["fargate:loadBalancer"], undefined]),
            [...rules("delete"), ...inPlace].sort(),
        );
        assert.deepEqual((await stickiness()).enabled, false);
    });

    it("of another protocol are another group, behind a rule of its own, after whose service the old ones go", async () => {
        const before = await priorityOf("web-target-rule");
        assert.deepEqual(await became([ROUTE, { ...HOSTS, protocol: "grpc" }]), [
            "create lb.ListenerRule web-target-rule-RPC",
            "create lb.TargetGroup web-RPC",
            "delete lb.ListenerRule web-target-rule",
            "delete lb.TargetGroup web",
            "update ecs.Service web",
        ]);
        assert.equal(await priorityOf("web-target-rule-RPC"), before + 1);
        assert.deepEqual(await became([ROUTE, HOSTS]), [
            "create lb.ListenerRule web-target-rule",
            "create lb.TargetGroup web",
            "delete lb.ListenerRule web-target-rule-RPC",
            "delete lb.TargetGroup web-RPC",
            "update ecs.Service web",
        ]);
    });

    it("leave nothing", async () => {
        await session.destroy();
        assert.deepEqual((await session.emulator.resources()).filter(isNoProof), untouched);
    });

    async function outputsOf(type: string, name: string): Promise<Readonly<Record<string, unknown>>> {
        const { deployment } = (await session.stack.exportStack()) as {
            deployment: { resources: { urn: string; type: string; outputs: Record<string, unknown> }[] };
        };
        const found = deployment.resources.find(({ urn, type: its }) => its === type && urn.endsWith(`::${name}`));
        assert.ok(found);
        return found.outputs;
    }

    async function priorityOf(rule: string): Promise<number> {
        return Number((await outputsOf("aws:lb/listenerRule:ListenerRule", rule))["priority"]);
    }

    async function stickiness(): Promise<{ enabled?: boolean }> {
        await session.stack.refresh();
        return (await outputsOf("aws:lb/targetGroup:TargetGroup", "web"))["stickiness"] as { enabled?: boolean };
    }
});
