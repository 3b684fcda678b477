import assert from "node:assert/strict";
import { WEB, problems, problemsOf } from "../support/given";

describe("one mistake hides no other", () => {
    it("whatever one of them takes with it: a rule between keys still sees the rest", () => {
        const domain = { name: "shop.example.com" };
        const neither = "fargate:domain: neither zone nor certificateArn | zone: <public Route 53 zone>, or certificateArn";
        for (const broken of [
            { services: { web: { ...WEB, port: "x" } } },
            { services: { web: 5 } },
            { services: { web: { ...WEB, scaling: [] } } },
            { services: undefined },
            { network: { vpcId: "vpc-0123456789" } },
            { images: 5 },
            { "aws:region": "nowhere" },
            { "aws:region": undefined },
        ]) {
            const told = problems({ ...broken, domain });
            assert.ok(told.includes(neither), JSON.stringify(broken));
            assert.ok(told.length > 1, JSON.stringify(broken));
        }
    });

    it("in the same service, whose source is missing beside a wrong number", () => {
        assert.deepEqual(problems({ services: { web: { cpu: 300, tasks: -1, memoryMiB: 300 } } }), [
            "fargate:services.web.cpu: 300 | 256, 512, 1024, 2048, 4096, 8192, 16384, 32768",
            "fargate:services.web.tasks: -1 | a whole number from 0 to 5000",
            "fargate:services.web: neither build nor image | build: { context: ./app }, or image: <repository>:<tag>",
        ]);
    });

    it("in the same list, where each is told by its own place", () => {
        assert.deepEqual(problems({ network: { zones: ["seoul", "ap-northeast-2a", "ap", "us-east-1a"] } }), [
            "fargate:network.zones[0]: seoul | a zone's name, such as ap-northeast-2a",
            "fargate:network.zones[2]: ap | a zone's name, such as ap-northeast-2a",
            "fargate:network.zones[3]: us-east-1a | a zone of ap-northeast-2",
        ]);
        const permissions = [{ actions: ["x"] }, { actions: ["iam:PassRole"], resources: ["*"] }];
        assert.deepEqual(
            problemsOf({ permissions }).map(line => line.replace(/ \| .*/, "")),
            [
                "fargate:services.web.permissions[0].actions[0]: x",
                "fargate:services.web.permissions[0].resources: nothing",
                "fargate:services.web.permissions[1].actions: iam:PassRole",
            ],
        );
    });

    it("and leads to no second one that rests on it", () => {
        for (const [given, only] of [
            [{ network: { zones: ["seoul", "ap-northeast-2a"] } }, "network.zones[0]"],
            [{ profile: "production", domain: { nmae: "x" } }, "domain.name,domain.nmae"],
            [{ profile: "production", allowHttp: "yes" }, "allowHttp"],
            [
                { network: { egress: "none" }, services: { web: { ...WEB, build: undefined, image: "nginx:1" } } },
                "network.egress",
            ],
            [{ services: { web: { ...WEB, cpu: 300, memoryMiB: 300 } } }, "services.web.cpu"],
            [{ services: { web: { ...WEB, memoryMiB: "x" } } }, "services.web.memoryMiB"],
            [
                { services: { web: { ...WEB, build: { contxt: "./app" } } } },
                "services.web.build.context,services.web.build.contxt",
            ],
            [{ services: { web: { ...WEB, scaling: { min: 9, max: "8" } } } }, "services.web.scaling.max"],
            [
                { services: { web: { ...WEB, health: { intervalSeconds: 1, timeoutSeconds: 20 } } } },
                "services.web.health.intervalSeconds",
            ],
            [{ services: { web: { ...WEB, route: 1, scaling: { requestsPerTarget: 9 } } } }, "services.web.route"],
            [{ services: { web: WEB, api: { ...WEB, route: { paths: ["api"] } } } }, "services.api.route.paths[0]"],
            [{ services: { web: { ...WEB, port: 0 } } }, "services.web.port"],
            [{ services: { Web: 5 }, images: { Web: `a/b@sha256:${"0".repeat(64)}` } }, "services.Web"],
        ] as const) {
            const keys = problems(given).map(line => line.replace(/^fargate:(.*?): .*$/, "$1"));
            assert.deepEqual(keys.join(), only, JSON.stringify(given));
        }
    });
});
