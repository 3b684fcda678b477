import assert from "node:assert/strict";
import { readSettings } from "../../settings";
import { record } from "../../tools/inventory/recorder";
import { REGION, WEB, configuration, problems, settings } from "../support/given";

const WORKER = { ...WEB, route: undefined };

describe("the domain", () => {
    const zone = "example.com";

    it("has a zone or a certificate: one of the two", () => {
        const certificateArn = `arn:aws:acm:${REGION}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`;
        assert.deepEqual(problems({ domain: { name: "shop.example.com", zone, certificateArn } }), [
            "fargate:domain: zone and certificateArn | one of the two",
        ]);
        assert.equal(problems({ domain: { name: "shop.example.com" } }).length, 1);
        settings({ domain: { name: "shop.example.com", certificateArn } });
        assert.match(
            problems({ domain: { name: "a.io", certificateArn: "x" } })[0] ?? "",
            /\| arn:aws:acm:<region>:<account>:certificate\/<id>$/,
        );
    });

    it("lies in its zone", () => {
        for (const name of ["example.com", "shop.example.com", "a.b.example.com"]) settings({ domain: { name, zone } });
        for (const name of ["example.org", "badexample.com"]) {
            assert.deepEqual(problems({ domain: { name, zone } }), [
                `fargate:domain.name: ${name} | example.com or a name below it`,
            ]);
        }
    });

    it("is one host name, whose certificate covers the names below it too", () => {
        for (const name of [
            "*.example.com",
            "Shop.example.com",
            "https://example.com",
            "example",
            `${"a".repeat(60)}.example.com`,
        ]) {
            assert.match(problems({ domain: { name, zone } })[0] ?? "", /fargate:domain\.name: .* \| a host name/);
        }
        for (const bad of ["*.example.com", "example"])
            assert.match(problems({ domain: { name: "a.example.com", zone: bad } })[0] ?? "", /domain\.zone/);
    });

    it("covers the hosts of every route: itself and one name below it", () => {
        const domain = { name: "shop.example.com", zone };
        const hosts = ["shop.example.com", "api.shop.example.com", "*.shop.example.com"];
        settings({ domain, services: { web: { ...WEB, route: { hosts } } } });
        const others = ["example.com", "a.b.shop.example.com", "myshop.example.com"];
        assert.deepEqual(
            problems({ domain, services: { web: { ...WEB, route: { hosts: others } } } }),
            others.map(
                (host, index) =>
                    `fargate:services.web.route.hosts[${index}]: ${host} | shop.example.com or one name below it, which is what the certificate covers`,
            ),
        );
    });

    it("is needed in production, unless plain HTTP is asked for or nothing is routed", () => {
        assert.deepEqual(problems({ profile: "production" }), [
            "fargate:domain: nothing | { name, zone } or { name, certificateArn }: production speaks HTTPS; or allowHttp: true",
        ]);
        settings({ profile: "production", allowHttp: true });
        settings({ profile: "production", domain: { name: "shop.example.com", zone } });
        settings({ profile: "production", services: { web: WORKER } });
        settings({ profile: "development" });
    });
});

describe("the stack", () => {
    it("has a region, in the provider's own key", () => {
        for (const [value, found] of [
            [undefined, "nothing"],
            ["seoul", "seoul"],
            ["ap-northeast-2a", "ap-northeast-2a"],
            ["1us-east-1", "1us-east-1"],
            [5, "5"],
        ] as const) {
            assert.deepEqual(problems({ "aws:region": value }), [
                `aws:region: ${found} | a region, such as ap-northeast-2: pulumi config set aws:region <region>`,
            ]);
        }
        for (const region of ["us-east-1", "us-gov-west-1"]) assert.equal(settings({ "aws:region": region }).region, region);
    });

    it("has a name that roles, repositories and clusters can carry", () => {
        const allowed = "a project and a stack named with lower-case letters, digits and hyphens";
        assert.deepEqual(problems({}, { stack: "Dev_1" }), [`pulumi:stack: fargate-Dev_1 | ${allowed}`]);
        assert.deepEqual(problems({}, { project: "Shop" }), [`pulumi:stack: Shop-dev | ${allowed}`]);
    });

    it("is read from the engine once: project, stack, and which keys are secure", async () => {
        const config = configuration({ tags: { team: "shop" } });
        const read = (secretKeys: string[]) =>
            record(() => Promise.resolve(readSettings()), { project: "fargate", stack: "test", config, secretKeys });
        const { outputs } = await read([]);
        assert.deepEqual([outputs.project, outputs.stack, outputs.tags], ["fargate", "test", { team: "shop" }]);
        await assert.rejects(read(["fargate:tags"]), {
            message: /^Pulumi\.test\.yaml has 1 problem\..*fargate:tags +found a secure value/s,
        });
    });

    it("has one service at least", () => {
        for (const services of [{}, undefined]) {
            assert.deepEqual(problems({ services }), [
                "fargate:services: nothing | one service at least, by name: web: { build: { context: ./app } }",
            ]);
        }
    });

    it("has tags that AWS accepts", () => {
        assert.equal(problems({ tags: { "aws:x": "y", team: 5, cost: "a,b", ["x".repeat(129)]: "y" } }).length, 4);
        assert.deepEqual(settings({ tags: { team: "shop", "cost/center": "" } }).tags, { team: "shop", "cost/center": "" });
    });

    it("bounds its roles with a policy's ARN", () => {
        assert.match(problems({ permissionsBoundary: "boundary" })[0] ?? "", /\| arn:aws:iam::<account>:policy\/<name>$/);
        const arn = "arn:aws:iam::123456789012:policy/boundary";
        assert.equal(settings({ permissionsBoundary: arn }).permissionsBoundary, arn);
    });

    it("keeps logs for a time that CloudWatch knows", () => {
        assert.match(problems({ logRetentionDays: 8 })[0] ?? "", /logRetentionDays: 8 \| 1, 3, 5, 7, 14, /);
        assert.equal(settings({ logRetentionDays: 30 }).logRetentionDays, 30);
    });
});
