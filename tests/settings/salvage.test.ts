import assert from "node:assert/strict";
import { Given, REGION, REPOSITORY, SECRET, WEB, problems, problemsOf } from "../support/given";

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
            [{ profile: "production", domain: { nmae: "x" } }, "domain.nmae"],
            [{ profile: "production", allowHttp: "yes" }, "allowHttp"],
            [
                { network: { egress: "none" }, services: { web: { ...WEB, build: undefined, image: "nginx:1" } } },
                "network.egress",
            ],
            [{ services: { web: { ...WEB, cpu: 300, memoryMiB: 300 } } }, "services.web.cpu"],
            [{ services: { web: { ...WEB, memoryMiB: "x" } } }, "services.web.memoryMiB"],
            [{ services: { web: { ...WEB, build: { contxt: "./app" } } } }, "services.web.build.contxt"],
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

    it("and a misspelt key to none about the right one, which is not there", () => {
        const image = { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1" };
        for (const [given, only] of [
            [{ services: { web: { ...WEB, cpu: 1024, memory: 2048 } } }, "services.web.memory"],
            [{ services: { web: { ...WEB, cpuu: 1024, memoryMiB: 4096 } } }, "services.web.cpuu"],
            [{ services: { web: { ...WEB, cpu_units: 1024, memoryMiB: 4096 } } }, "services.web.cpu_units"],
            [{ services: { web: { ...WEB, port: undefined, prot: 8080 } } }, "services.web.prot"],
            [{ services: { web: { ...WEB, port: undefined, containerPort: 8080 } } }, "services.web.containerPort"],
            [{ services: { web: { port: 8080, buld: { context: "./app" } } } }, "services.web.buld"],
            [{ services: { web: { port: 8080, context: "./app" } } }, "services.web.context"],
            [{ services: { web: { build: WEB.build, rout: {}, scaling: { requestsPerTarget: 9 } } } }, "services.web.rout"],
            [
                { services: { web: { ...WEB, "health.intervalSeconds": 60, health: { timeoutSeconds: 30 } } } },
                "services.web.health.intervalSeconds",
            ],
            [{ services: undefined, servces: { web: WEB } }, "servces"],
            [{ services: undefined, "frgate:services": { web: WEB } }, "frgate:services"],
            [{ services: undefined, web: WEB }, "web"],
            [{ services: { web: { ...WEB, memoryMiB: 4096 } }, cpu: 1024 }, "cpu"],
            [{ egress: "nat", services: { web: { ...image, port: 8080 } } }, "egress"],
            [{ network: { egres: "nat" }, services: { web: { ...image, port: 8080 } } }, "network.egres"],
            [{ profile: "production", allowHtpp: true }, "allowHtpp"],
            [{ profile: "production", domian: { name: "shop.example.com", zone: "example.com" } }, "domian"],
            [{ domain: { name: "shop.example.com", zon: "example.com" } }, "domain.zon"],
            [{ "aws:region": undefined, "aws:regoin": "eu-west-1" }, "aws:regoin"],
            [{ "aws:region": undefined, "asw:region": "eu-west-1" }, "asw:region"],
            [{ "aws:region": undefined, region: "eu-west-1" }, "region"],
        ] as const) {
            const keys = problems(given).map(line => line.replace(/^(?:fargate:)?(\S+?): .*$/, "$1"));
            assert.deepEqual(keys.join(), only, JSON.stringify(given));
        }
    });

    it("but where the right key is there too, it is looked at", () => {
        const told = problems({ services: { web: { ...WEB, memory: 2048, memoryMiB: 300 } } });
        assert.deepEqual(
            told.map(line => line.replace(/: .*$/, "")),
            ["fargate:services.web.memory", "fargate:services.web.memoryMiB"],
        );
    });

    it("where one key takes the place of another: both are looked at in one run", () => {
        const keys = (given: Given) =>
            problems(given).map(line => line.replace(/^fargate:(?:services\.web\.)?(\S+?): .*$/, "$1"));
        const web = (changes: Given) => ({ services: { web: { ...WEB, ...changes } } });
        assert.deepEqual(keys(web({ tasks: 2, scaling: { min: 3, max: 2 } })), ["tasks", "scaling.min"]);
        assert.deepEqual(keys(web({ tasks: 2, scaling: { min: 0 } })), ["scaling.min", "tasks"].sort());
        assert.deepEqual(keys(web({ route: undefined, tasks: 2, scaling: { requestsPerTarget: 9 } })), [
            "tasks",
            "scaling.requestsPerTarget",
        ]);
        assert.deepEqual(keys(web({ build: { context: "./nowhere" }, image: `${REPOSITORY}:1` })), ["image", "build.context"]);
        assert.deepEqual(keys(web({ build: { context: "./nowhere", dockerfile: "No" } })), ["build.context", "build.dockerfile"]);
        assert.deepEqual(keys(web({ build: { context: "./nowhere", dockerfile: "./nowhere/No" } })), ["build.context"]);
        const secrets = { DB: SECRET.replaceAll(REGION, "eu-west-1") };
        const image = "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1";
        assert.deepEqual(keys(web({ build: undefined, image, secrets })), ["image", "secrets.DB"]);
        const domain = {
            name: "shop.example.com",
            zone: "other.com",
            certificateArn: `arn:aws:acm:${REGION}:123456789012:certificate/12345678-1234-1234-1234-123456789012`,
        };
        assert.deepEqual(keys({ domain }), ["domain", "domain.name"]);
    });
});
