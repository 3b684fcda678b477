import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Call } from "../../tools/inventory/recorder";
import { Given, WEB } from "../support/given";
import { NAT, STATE, found, refused } from "./found";

const RULE = "aws:lb/listenerRule:ListenerRule";
const urn = (service: string) =>
    `urn:pulumi:dev::fargate::fargate:index:Service$fargate:index:Target$${RULE}::${service}-target-rule`;

/** A resource among outputs, in the engine's words. */
const RESOURCE = {
    [pulumi.runtime.specialSigKey]: pulumi.runtime.specialResourceSig,
    urn: "urn:pulumi:dev::fargate::fargate:index:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc::network",
};

/** A state with these rules, by service, and something of another type beside them. */
const state =
    (rules: Readonly<Record<string, number>>): Call =>
    () => ({
        outputs: {
            ...Object.fromEntries(
                Object.entries(rules).map(([service, priority]) => [urn(service), { type: RULE, outputs: { priority } }]),
            ),
            network: { type: "awsx:ec2:Vpc", outputs: { vpc: RESOURCE } },
            x: { type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", outputs: { priority: 4 } },
        },
    });

const routed = (...paths: string[]) => ({ ...WEB, route: { paths } });
const numbers = async (services: Given, rules: Readonly<Record<string, number>>) =>
    Object.fromEntries((await found({ ...NAT, services }, { [STATE]: state(rules) })).listener.priorities);

describe("the priorities of listener rules", () => {
    it("are those of the stack's state, whatever a new stack would get", async () => {
        assert.deepEqual(await numbers({ api: routed("/api/*"), web: routed("/*") }, { api: 7, web: 8 }), { api: 7, web: 8 });
        assert.deepEqual(await numbers({ web: routed("/*") }, {}), { web: 49_926 });
    });

    it("leave out what a rule has that leaves with this update: the new one is made before", async () => {
        const renamed = await numbers({ shop: routed("/*") }, { web: 49_914 });
        const { shop } = await numbers({ shop: routed("/*") }, {});
        const taken = await numbers({ shop: routed("/*") }, { web: shop ?? 0 });
        assert.deepEqual(renamed, { shop });
        assert.deepEqual(taken, { shop: (shop ?? 0) + 1 });
    });

    it("are none where no service has a route, whatever leaves", async () => {
        const services = { jobs: { build: WEB.build } };
        assert.deepEqual(await numbers(services, { web: 7 }), {});
    });

    it("are read once a run, and again where the engine was just writing them", async () => {
        let asked = 0;
        const written = state({ api: 7, web: 8 });
        const call: Call = (...question) => {
            asked += 1;
            if (asked === 1) throw new Error("failed to load checkpoint: EOF");
            return written(...question);
        };
        const services = { api: routed("/api/*"), web: routed("/*") };
        const { listener } = await found({ ...NAT, services }, { [STATE]: call });
        assert.deepEqual([...listener.priorities.values()].sort(), [7, 8]);
        assert.equal(asked, 2);
        const gone: Call = () => {
            throw new Error("no stack of that name");
        };
        await assert.rejects(found({ ...NAT, services }, { [STATE]: gone }), /no stack of that name/);
    });

    it("tell a service whose name ends like a rule's from the rule of another one", async () => {
        assert.deepEqual(
            await numbers({ "a-target-rule": routed("/*") }, { a: 9 }),
            await numbers({ "a-target-rule": routed("/*") }, {}),
        );
    });

    it("end the run where new rules and those that leave are more than a load balancer has, before anything is made", async () => {
        const services = (first: number) =>
            Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`s-${first + index}`, routed(`/s-${first + index}`)]));
        const before = await numbers(services(0), {});
        await refused({ ...NAT, services: services(1) }, { [STATE]: state(before) }, [
            "fargate:services: found 100 routes, and 1 that leave with this update: s-0-target-rule. Allowed: at most 100 together, since new ones are made " +
                "before old ones are removed and a load balancer has no more target groups. Remove the old ones in an update of their own, then add the new ones. Nothing was created.",
        ]);
        const { "s-100": _, ...fewer } = services(1);
        assert.equal(Object.keys(await numbers(fewer, before)).length, 99);
    });

    it("are those of redirects and answers too, which come and go without another one changing", async () => {
        const services = { web: routed("/*"), api: routed("/api/*") };
        const of = async (loadBalancer: Given, rules: Readonly<Record<string, number>>) =>
            Object.fromEntries((await found({ ...NAT, services, loadBalancer }, { [STATE]: state(rules) })).listener.priorities);
        const [old, robots] = [{ paths: ["/old"], to: "/new" }, { paths: ["/robots.txt"] }];
        const first = await of({ answers: [robots] }, {});
        assert.deepEqual(Object.keys(first).sort(), ["answer-/robots.txt", "api", "web"]);
        assert.ok((first["answer-/robots.txt"] ?? 0) < (first["api"] ?? 0));
        const rules = { api: first["api"] ?? 0, web: first["web"] ?? 0 };
        const both = await of({ redirects: [old], answers: [robots] }, rules);
        assert.deepEqual([both["api"], both["web"]], [first["api"], first["web"]]);
        assert.ok((both["redirect-/old"] ?? 0) < (first["api"] ?? 0));
    });

    it("put the rule of another protocol behind the one that leaves, whose tasks answer until the others run", async () => {
        const domain = {
            name: "shop.example.com",
            certificateArn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        };
        const services = { web: { ...WEB, route: { protocol: "grpc" } }, api: routed("/api/*") };
        const listener = async (rules: object) =>
            (await found({ ...NAT, domain, services }, { [STATE]: () => ({ outputs: rules }) })).listener;
        const rule = (name: string, priority: number) => ({ [urn(name)]: { type: RULE, outputs: { priority } } });
        const moved = await listener({ ...rule("web", 300), ...rule("api", 200) });
        assert.deepEqual(Object.fromEntries(moved.priorities), { api: 200, web: 301 });
        const after = await listener({ [`${urn("web")}-RPC`]: { type: RULE, outputs: { priority: 301 } }, ...rule("api", 200) });
        assert.deepEqual(Object.fromEntries(after.priorities), { api: 200, web: 301 });
    });

    it("stand beside the services whose target group is sticky now", async () => {
        const group = (name: string, enabled: boolean) => ({
            [`urn:pulumi:dev::fargate::x::${name}`]: {
                type: "aws:lb/targetGroup:TargetGroup",
                outputs: { stickiness: { enabled, type: "lb_cookie" } },
            },
        });
        const services = { api: routed("/api/*"), web: routed("/*"), jobs: { build: WEB.build } };
        const outputs = { ...group("web", true), ...group("api", false), ...group("jobs-H2", true) };
        const { listener } = await found({ ...NAT, services }, { [STATE]: () => ({ outputs }) });
        assert.deepEqual([...listener.sticky], ["web"]);
    });
});
