import assert from "node:assert/strict";
import { z } from "zod";
import { awsSchema } from "../../settings/aws";
import { fromIssues } from "../../settings/problems";
import { SCHEMAS } from "../../settings/stack";
import { Given, WEB, problems, problemsOf, refusal } from "../support/given";

describe("a refused configuration", () => {
    it("shows no value with a secret in it, wherever that stands", () => {
        for (const service of [
            { health: { command: "curl -u app:hunter2 localhost" } },
            { image: "https://app:hunter2@registry.example.com/shop" },
            { route: { paths: ["a?token=hunter2"] } },
            { user: `${"a".repeat(60)} --password hunter2` },
        ]) {
            const told = refusal({ services: { web: { ...WEB, ...service } } });
            assert.match(told, /found a value that is not shown here/);
            assert.doesNotMatch(told, /hunter2/);
        }
    });

    it("is told in one message with every problem: key, value found and what is allowed", () => {
        const given = {
            profile: "prod",
            network: { cidr: "10.0.0.0/24", zones: ["ap-northeast-2a", "us-east-1a"] },
            domain: { name: "shop.example.com" },
            services: {
                web: { ...WEB, cpu: "512", tasks: 2, scaling: { min: 3, max: 2 } },
                api: { ...WEB, build: { context: "./nowhere" }, route: { paths: ["api"] }, environment: { DB_PASSWORD: "x" } },
            },
            servces: {},
        };
        assert.equal(
            refusal(given),
            `Pulumi.dev.yaml has 11 problems. Nothing was created.
  fargate:profile                               found prod
                                                allowed: development, production
  fargate:services.web.cpu                      found the text "512"
                                                allowed: 256, 512, 1024, 2048, 4096, 8192, 16384, 32768
  fargate:services.api.route.paths[0]           found api
                                                allowed: a path pattern of at most 128 characters that starts with / or *, such as /api/*
  fargate:network.cidr                          found 10.0.0.0/24
                                                allowed: an IPv4 block of size /16 to /22, such as 10.0.0.0/16
  fargate:servces                               found an unknown key
                                                allowed: did you mean services?
  fargate:services.web.tasks                    found tasks and scaling
                                                allowed: one of the two
  fargate:services.web.scaling.min              found 3
                                                allowed: at most max, which is 2
  fargate:services.api.build.context            found ./nowhere, which is no folder
                                                allowed: a folder, relative to the project
  fargate:services.api.environment.DB_PASSWORD  found what looks like a secret in plain text (not shown)
                                                allowed: store it in Secrets Manager or SSM and name its ARN: secrets: { DB_PASSWORD: arn:aws:secretsmanager:… }. Where it is none: plain: [DB_PASSWORD]
  fargate:domain                                found neither zone nor certificateArn
                                                allowed: zone: <public Route 53 zone>, or certificateArn
  fargate:network.zones[1]                      found us-east-1a
                                                allowed: a zone of ap-northeast-2`,
        );
    });

    it("names the nearest key for a typo, whatever kind of typo it is", () => {
        for (const [typo, meant] of [
            ["servces", "services"],
            ["netowrk", "network"],
            ["Domain", "domain"],
            ["alowHttps", "allowHttp"],
            ["tag", "tags"],
        ] as const) {
            assert.deepEqual(problems({ [typo]: {} }), [`fargate:${typo}: an unknown key | did you mean ${meant}?`]);
        }
        assert.match(
            problemsOf({ entropy: 1 })[0] ?? "",
            /^fargate:services\.web\.entropy: an unknown key \| one of build, image, .*environment, .*scaling, route,/,
        );
        assert.deepEqual(problemsOf({ entropy: 1 }).slice(1), []);
        assert.deepEqual(problemsOf({ health: { timeout: 3 } }), [
            "fargate:services.web.health.timeout: an unknown key | did you mean timeoutSeconds?",
        ]);
        assert.deepEqual(problemsOf({ memory: 512, prot: 80 }), [
            "fargate:services.web.memory: an unknown key | did you mean memoryMiB?",
            "fargate:services.web.prot: an unknown key | did you mean port?",
        ]);
        assert.deepEqual(problemsOf({ permissions: [{ action: ["s3:Get*"], actions: ["s3:Get*"], resources: ["*"] }] }), [
            "fargate:services.web.permissions[0].action: an unknown key | did you mean actions?",
        ]);
    });

    it("says what stands there: nothing, a list, a mapping, or text in place of a number", () => {
        const found = (value: unknown) => problemsOf({ port: value })[0]?.replace(/^[^:]*:[^:]*: (.*) \|.*$/, "$1");
        assert.deepEqual([null, "", [], [1], {}, "8080", true, 1.5].map(found), [
            "nothing",
            "empty text",
            "an empty list",
            "a list",
            "a mapping",
            'the text "8080"',
            "true",
            "1.5",
        ]);
        assert.deepEqual(problems({ profile: "x".repeat(100) }), [
            `fargate:profile: ${"x".repeat(60)}… | development, production`,
        ]);
    });

    it("tells a name of digits as a name, an empty one in quotes, and text in place of a list once", () => {
        assert.match(problems({ services: { "1": WEB } })[0] ?? "", /^fargate:services\.1: the name 1 /);
        assert.match(problems({ tags: { "": "x" } })[0] ?? "", /^fargate:tags\."": the name empty text /);
        assert.match(problemsOf({ route: { paths: ["api"] } })[0] ?? "", /^fargate:services\.web\.route\.paths\[0\]: api /);
        assert.deepEqual(problems({ network: { zones: "ap-northeast-2a" } }), [
            'fargate:network.zones: the text "ap-northeast-2a" | a list',
        ]);
    });

    it("says nothing in the words of the library that finds it", () => {
        const values = [null, "", "x", [], [""], [null], {}, { "": "" }, { a: null }, -1, 0.5, 1e21, 12345678901234567000, true];
        const raw: string[] = [];
        let count = 0;
        const walk = (node: z.core.$ZodType, at: string): void => {
            for (const value of values) {
                const { error } = z.safeParse(node, value);
                count += error?.issues.length ?? 0;
                for (const { allowed } of fromIssues(error?.issues ?? [], value, { keysAt: () => ["a"] }).problems)
                    if (/Too (small|big)|Invalid|expected|too_|Unrecognized/.test(allowed)) raw.push(`${at}: ${allowed}`);
            }
            const def = (node as z.ZodType).def as unknown as Readonly<Record<string, unknown>>;
            const below = [def["innerType"], def["in"], def["element"], def["keyType"], def["valueType"]];
            for (const inner of [...below, ...((def["options"] as unknown[] | undefined) ?? [])])
                if (inner instanceof z.ZodType) walk(inner, at);
            const shape = node instanceof z.ZodObject ? (node.shape as Readonly<Record<string, z.ZodType>>) : {};
            for (const [key, inner] of Object.entries(shape)) walk(inner, `${at}.${key}`);
        };
        for (const schema of [...SCHEMAS, awsSchema]) walk(schema, "");
        assert.ok(count > 1000, String(count));
        assert.deepEqual([...new Set(raw)], []);
    });

    it("says what is expected in words, not in a type's name", () => {
        const allowed = (given: Given) => problems(given)[0]?.replace(/^.* \| /, "");
        assert.equal(allowed({ services: [] }), "services by name: web: { build: { context: ./app } }");
        assert.equal(allowed({ services: { web: "x" } }), "a mapping of keys to values");
        assert.equal(allowed({ budget: 100 }), "a mapping of keys to values: monthlyUsd, alerts");
        assert.equal(allowed({ domain: "a.example.com" }), "a mapping of keys to values: name, zone, certificateArn, otherNames");
        assert.equal(
            allowed({ services: { web: { ...WEB, build: "./app" } } }),
            "a mapping of keys to values: context, dockerfile, args, target",
        );
        assert.equal(
            allowed({ services: { web: { ...WEB, permissions: ["s3:GetObject"] } } }),
            "a mapping of keys to values: actions, resources",
        );
        assert.equal(allowed({ tags: 5 }), "a mapping of names to values");
        assert.equal(allowed({ network: { zones: "a" } }), "a list");
        assert.equal(allowed({ services: { web: { ...WEB, build: { context: 5 } } } }), "text");
        assert.equal(allowed({ allowHttp: "yes" }), "true or false");
    });
});
