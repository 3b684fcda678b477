import * as assert from "node:assert/strict";
import { inventory } from "../../../tools/inventory/inventory";
import { Node, Plan, planOf } from "../../../tools/plan/tree";
import { policySection } from "../../../tools/policy/section";
import { command } from "../../../tools/plan/plan";
import { describePlan } from "../../../tools/plan/text";
import { call } from "../../support/command-line";
import { WEB, configuration } from "../../support/given";
import { sample } from "../../support/sample";

const flat = (nodes: readonly Node[]): Node[] => nodes.flatMap(node => [node, ...flat(node.children)]);

describe("plan", () => {
    for (const stack of ["dev", "prod"]) {
        it(`shows every resource of ${stack} once, below its parent`, async () => {
            const found = await inventory(stack);
            const nodes = flat(planOf(found).tree);
            const shown = nodes.map(({ type, name }) => `${type} ${name}`).sort();
            const declared = found.resources.filter(({ type }) => !type.startsWith("pulumi:providers:"));
            assert.deepEqual(shown, declared.map(({ type, name }) => `${type} ${name}`).sort());
        });

        it(`counts the resources of ${stack} that it shows`, async () => {
            const { tree, counts } = planOf(await inventory(stack));
            const resources = flat(tree).filter(({ isComponent }) => !isComponent);
            assert.equal(counts.resources, resources.length);
            assert.equal(
                Object.values(counts.byType).reduce((sum, count) => sum + count, 0),
                resources.length,
            );
        });
    }

    it("says of a budget of AWS what it waits for", async () => {
        const { config, ...files } = sample("prod");
        const { tree } = planOf(
            await inventory("prod", { ...files, config: { ...config, "fargate:budget": '{"monthlyUsd":500}' } }),
        );
        const budget = flat(tree).find(({ type }) => type === "aws:budgets/budget:Budget");
        assert.equal(budget?.facts, "500 USD a month · sees costs with the tag stack=prod once the payer has activated it");
    });

    it("shows the arrows of the security groups, from the internet to the endpoints, and no other", async () => {
        const { traffic } = planOf(await inventory("dev", sample("dev")));
        assert.deepEqual(
            traffic.map(({ from, to, traffic: what, isWhole }) => [from, to, what, isWhole]),
            [
                ["internet", "load-balancer", "tcp 80", true],
                ["load-balancer", "web", "tcp 8080", true],
                ["web", "endpoints", "tcp 443", true],
                ["web", "s3 gateway", "tcp 443", true],
            ],
        );
    });

    it("shows what services reach beside AWS, and takes groups of others for whole", async () => {
        const { config, ...files } = sample("dev");
        const outbound = [
            { port: 6379, securityGroupId: "sg-0123456789abcdef0", openIngress: true },
            { port: 11211, securityGroupId: "sg-0123456789abcdef0" },
            { port: 587, cidr: "203.0.113.0/24" },
            { port: 8443, prefixListId: "pl-0123456789abcdef0" },
        ];
        const web = { build: { context: "./app" }, outbound };
        const more = { "fargate:services": JSON.stringify({ web }), "fargate:network": '{"egress":"nat"}' };
        const found = await inventory("dev", { ...files, config: { ...config, ...more } });
        const { traffic, guesses } = planOf(found);
        assert.deepEqual(
            traffic.map(({ from, to, traffic: what, isWhole }) => [from, to, what, isWhole]),
            [
                ["web", "sg-0123456789abcdef0", "tcp 6379", true],
                ["web", "internet", "tcp 443", true],
                ["web", "sg-0123456789abcdef0", "tcp 11211", true],
                ["web", "203.0.113.0/24", "tcp 587", true],
                ["web", "pl-0123456789abcdef0", "tcp 8443", true],
            ],
        );
        assert.match(
            guesses.join("\n"),
            /prefix list pl-.*\nsecurity group sg-0123456789abcdef0: taken to be in the tasks' VPC already/,
        );
        assert.doesNotMatch(policySection(found, "2026-11-26").text, /traffic-follows-its-arrows/);
        const open = {
            ...more,
            "fargate:services": JSON.stringify({ web: { ...web, outbound: [{ port: 25, cidr: "0.0.0.0/0" }] } }),
        };
        const opened = await inventory("dev", { ...files, config: { ...config, ...open } });
        assert.match(
            policySection(opened, "2026-11-26").text,
            /egress of tcp 25 to the whole internet.*traffic-follows-its-arrows/,
        );
    });

    it("shows which route a request tries first where there are several, and nothing where there is one", async () => {
        const { config, ...files } = sample("dev");
        const service = (route: object) => ({ build: { context: "./app" }, port: 8080, route });
        const services = {
            api: service({ paths: ["/api/*"] }),
            shop: service({ hosts: ["shop.example.com"] }),
            web: service({}),
        };
        const several = { ...files, config: { ...config, "fargate:services": JSON.stringify(services) } };
        const plan = planOf(await inventory("dev", several));
        assert.deepEqual(
            plan.routes.map(({ service: name }) => name),
            ["shop", "api", "web"],
        );
        assert.match(
            describePlan(plan),
            /A request goes to the first of these that matches it\n {2}shop {2}shop.example.com\n {2}api {3}\/api\/\*\n {2}web {3}\/\*\n/,
        );
        assert.doesNotMatch(describePlan(planOf(await inventory("dev", sample("dev")))), /A request goes/);
    });

    it("shows conditions beside hosts and paths, and what the load balancer answers by itself, in the same order", async () => {
        const { config, ...files } = sample("dev");
        const service = (route: object) => ({ build: { context: "./app" }, port: 8080, route });
        const services = {
            beta: service({ query: { beta: "1" }, methods: ["GET", "HEAD"] }),
            web: service({ sticky: { seconds: 60 }, slowStartSeconds: 30 }),
        };
        const loadBalancer = { redirects: [{ paths: ["/old/*"], to: "/new" }], answers: [{ paths: ["/robots.txt"] }] };
        const json = { "fargate:services": JSON.stringify(services), "fargate:loadBalancer": JSON.stringify(loadBalancer) };
        const plan = planOf(await inventory("dev", { ...files, config: { ...config, ...json } }));
        const text = describePlan(plan);
        assert.match(
            text,
            /matches it\n {2}200 text\/plain {2}\/robots\.txt\n {2}301 to \/new {5}\/old\/\*\n {2}beta {12}GET or HEAD, beta=1\n {2}web {13}\/\*\n/,
        );
        assert.match(text, /redirect-\/old\/--\w{6}.*301 to \/new/);
        assert.match(text, /slow start 30 s · sticky 60 s/);
    });

    it("marks an arrow whose other half is missing", async () => {
        const found = await inventory("dev", sample("dev"));
        const plan = planOf({ ...found, resources: found.resources.filter(({ name }) => name !== "web-endpoints-in") });
        assert.equal(plan.traffic.find(({ to }) => to === "endpoints")?.isWhole, false);
        assert.match(describePlan(plan), /web +→ endpoints +tcp 443 +one of its two rules is missing/);
    });

    it("marks what only AWS can know as guessed", async () => {
        const files = {
            project: "fargate",
            stack: "guess",
            secretKeys: [],
            config: {
                "aws:region": "eu-west-1",
                "fargate:services": '{"web":{"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"}}',
            },
        };
        const text = describePlan(planOf(await inventory("guess", files)));
        assert.match(text, /Guessed\n.*image tag 1:.*\n.*zones: .*eu-west-1a/);
        assert.match(text, /\n {2}image of web: .*docs\/configuration\.md#stock-images\n*$/);
    });

    it("says nothing twice, and shows nothing that stands in for an answer of AWS or that no task has", async () => {
        const { tree } = planOf(await inventory("prod", sample("prod")));
        const factsOf = (nodes: typeof tree, name: string): string[] =>
            nodes.flatMap(node => [...(node.name === name ? [node.facts] : []), ...factsOf(node.children, name)]);
        assert.deepEqual(factsOf(tree, "certificate-proof"), ["a name that ACM tells · CNAME"]);
        assert.deepEqual(factsOf(tree, "web-task-alarms"), ["cpu, memory, missing, stops, unhealthy"]);
        // AWS asks for a port of the group, and tasks bring their own.
        assert.ok(!factsOf(tree, "web").some(facts => facts.includes("port")));
    });

    it("shows which image a task runs, what it starts, and storage that is more; of an image nobody has seen it says so once", async () => {
        const files = {
            ...sample("dev"),
            config: configuration({
                network: { egress: "nat" },
                services: {
                    web: { ...WEB, ephemeralGiB: 50, entryPoint: ["/bin/app"], command: ["--port", "8080"] },
                    worker: { image: { of: "web" }, command: ["node", "x".repeat(100)], sidecars: {} },
                    other: { image: "example.com/other:1" },
                    another: { image: { of: "other" } },
                },
                jobs: { nightly: { image: "example.com/nightly:1" } },
            }),
        };
        const { guesses, tree } = planOf(await inventory("dev", files));
        const factsOf = (nodes: typeof tree, name: string): string[] =>
            nodes.flatMap(node => [
                ...(node.name === name && node.isComponent ? [node.facts] : []),
                ...factsOf(node.children, name),
            ]);
        assert.deepEqual(factsOf(tree, "web-task"), [
            "256 CPU units, 512 MiB · 50 GiB of storage · arm64 · user 65532 · runs `/bin/app --port 8080`",
        ]);
        assert.match(factsOf(tree, "worker")[0] ?? "", / · in the image of web$/);
        assert.match(factsOf(tree, "worker-task")[0] ?? "", / · user 65532 · runs `node x{54}…`$/);
        assert.deepEqual(
            guesses.flatMap(guess => /^image of (\S+): /.exec(guess)?.[1] ?? []),
            ["other", "nightly"],
        );
    });

    it("says the same as text and as data", async () => {
        const text = await call(command, ["dev"]);
        assert.equal(text.code, 0, text.errors);
        const { code, output } = await call(command, ["dev", "--json"]);
        assert.equal(code, 0);
        assert.equal(text.output.trimEnd().startsWith(describePlan(JSON.parse(output) as Plan).trimEnd()), true);
    });

    it("tells a stack that does not exist in one line, with the nearest name", async () => {
        const { code, errors } = await call(command, ["dve"]);
        assert.equal(code, 1);
        assert.equal(
            errors,
            "There is no stack dve: Pulumi.dve.yaml does not exist. Allowed: did you mean dev? For another stack: npm run stack -- add --help\n",
        );
    });
});
