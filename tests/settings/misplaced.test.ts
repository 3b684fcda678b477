import assert from "node:assert/strict";
import { settingsOf } from "../../settings";
import { knownKeys } from "../../settings/configuration";
import { foreignAt, foreignKeys } from "../../settings/foreign-keys";
import { readStackFile } from "../../settings/stack-file";
import { SCHEMAS } from "../../settings/stack";
import { WEB, messageOf, problems, problemsOf, toldIn } from "../support/given";

const told = (text: string) =>
    toldIn(
        messageOf(() => {
            const { config, ...rest } = readStackFile(text, "fargate");
            settingsOf(config, { project: "fargate", stack: "dev", ...rest });
        }),
        "dev",
    );

const SERVICES = "fargate:services: { web: { build: { context: ./app } } }";

describe("a key in the wrong place", () => {
    it("at the top of the file is told as that, and looked at as if it were well", () => {
        assert.deepEqual(told(`aws:region: ap-northeast-2\n${SERVICES}\n`), [
            "config:: nothing, and aws:region, fargate:services at the top of the file | config: above them, and the keys two spaces further in",
        ]);
        assert.deepEqual(told(`config:\n  aws:region: ap-northeast-2\n${SERVICES}\n`), [
            "config:: fargate:services at the top of the file | below config:, two spaces further in",
        ]);
        assert.deepEqual(told(`confg:\n  aws:region: ap-northeast-2\n  ${SERVICES}\n`), [
            "config:: the key confg | did you mean config?",
        ]);
        assert.deepEqual(told(`config:\n  aws:region: ap-northeast-2\n  ${SERVICES}\nservices: { api: { image: x } }\n`), [
            "services:: a key at the top of the file that Pulumi does not know | " +
                "config, secretsprovider, encryptedkey, encryptionsalt, environment; configuration stands below config:, two spaces further in, as fargate:<key>",
        ]);
        assert.match(told("config: [a]\n")[0] ?? "", /^config:: a list \| a mapping of keys to values$/);
    });

    it("that stands there twice, or has a colon too many, is told", () => {
        const start = `config:\n  aws:region: ap-northeast-2\n  ${SERVICES}\n`;
        assert.deepEqual(told(`${start}  services: {}\n`), [
            "fargate:services: services, beside fargate:services | one of the two",
        ]);
        assert.match(told(`${start}  a:b:c: x\n`)[0] ?? "", /^a:b:c:: a key with more than one colon \| <namespace>:<name>$/);
    });

    it("with dots is told as levels", () => {
        assert.deepEqual(problems({ "network.zones": ["ap-northeast-2a"] }), [
            "fargate:network.zones: an unknown key | a level for each dot: network: { zones: … }; pulumi config set needs --path for it",
        ]);
        assert.deepEqual(problemsOf({ "health.path": "/" }), [
            "fargate:services.web.health.path: an unknown key | a level for each dot: health: { path: … }",
        ]);
    });

    it("of the provider is told with its namespace", () => {
        assert.deepEqual(problems({ region: "us-east-1" }), ["fargate:region: an unknown key | it stands at aws:region"]);
    });

    it("below its namespace instead of behind it is told as a name", () => {
        assert.deepEqual(
            told("config:\n  aws:region: ap-northeast-2\n  fargate:\n    services: { web: { build: { context: ./app } } }\n"),
            ["fargate:fargate: an unknown key | no level of its own: fargate:services: …, below config:"],
        );
    });

    it("that lacks what it is given in, or is written with hyphens, is told with the nearest", () => {
        const near = (changes: Readonly<Record<string, unknown>>) =>
            problemsOf(changes).filter(one => one.includes("an unknown key"));
        assert.deepEqual(near({ health: { grace_period: 60 } }), [
            "fargate:services.web.health.grace_period: an unknown key | did you mean gracePeriodSeconds?",
        ]);
        assert.deepEqual(near({ database: { secret: "x" } }), [
            "fargate:services.web.database.secret: an unknown key | did you mean secretArn?",
        ]);
    });

    it("beside its service instead of below it is told once for all of them", () => {
        assert.deepEqual(problems({ services: { web: null, build: { context: "./app" }, port: 8080, route: {} } }), [
            "fargate:services: build, port, route where services stand by name | keys of a service, two spaces further in: below web",
        ]);
        assert.deepEqual(problems({ services: { web: { build: { context: "./app" } }, cpu: 512 } }), [
            "fargate:services: cpu where services stand by name | a key of a service, two spaces further in: below their service",
        ]);
        // A service may be called so.
        assert.equal(problems({ services: { health: { build: WEB.build }, Web: WEB } }).length, 1);
    });

    it("that is a service is told where services stand", () => {
        assert.deepEqual(problems({ worker: { build: { context: "./app" } } }), [
            "fargate:worker: an unknown key | a service stands below fargate:services, two spaces further in",
        ]);
        assert.deepEqual(problemsOf({ worker: { image: "x" } }), [
            "fargate:services.web.worker: an unknown key | a service stands beside web, two spaces further out",
        ]);
    });

    it("is told where it belongs, within reach", () => {
        for (const [given, place] of [
            [{ zones: [] }, "fargate:network.zones"],
            [{ cpu: 512 }, "fargate:services.<name>.cpu or fargate:jobs.<name>.cpu"],
            [{ vpcId: "vpc-1" }, "fargate:network.vpcId"],
        ] as const)
            assert.match(problems(given)[0] ?? "", new RegExp(`an unknown key \\| it stands at ${place}$`), place);
        for (const [given, place] of [
            [{ min: 2 }, "fargate:services.<name>.scaling.min"],
            [{ path: "/" }, "fargate:services.<name>.health.path"],
            [{ tags: {} }, "fargate:tags"],
            [{ health: { hosts: [] } }, "fargate:services.<name>.route.hosts"],
        ] as const)
            assert.ok(problemsOf(given)[0]?.endsWith(`it stands at ${place}`), `${place}: ${problemsOf(given)[0]}`);
    });
});

describe("a key of another tool", () => {
    const LEVELS: Readonly<Record<string, readonly string[]>> = {
        "": [],
        network: ["network"],
        loadBalancer: ["loadBalancer"],
        service: ["services", "web"],
        job: ["jobs", "nightly"],
        ...Object.fromEntries(["build", "health", "route", "scaling"].map(key => [key, ["services", "web", key]])),
    };

    it("is told with the key that is meant here", () => {
        for (const [key, value, meant] of [
            ["replicas", 3, "tasks: a fixed number; or scaling: { min, max }"],
            ["count", 3, "tasks: a fixed number; or scaling: { min, max }"],
            ["desired_count", 3, "tasks: a fixed number; or scaling: { min, max }"],
            ["env", { A: "b" }, "environment"],
            ["ports", ["8080:80"], "port: the one that the container listens on"],
            ["cpu_units", 512, "cpu: in units; 1024 are one vCPU"],
            ["healthcheck", { test: [] }, "health: { path } for the load balancer, { command } for the container itself"],
            ["stop_grace_period", "30s", "drainSeconds"],
            ["task-policy", {}, "permissions: a list of { actions, resources }"],
            ["maxHealthyPercent", 200, "minHealthyPercent: the only bound there is; at most 200 percent run in a rollout"],
            ["publicLoadBalancer", true, "fargate:loadBalancer.internal: true or false, for the whole stack"],
            ["preDeploy", [], "release: { command: [program, argument, …] }"],
        ] as const)
            assert.ok(
                problemsOf({ [key]: value }).includes(`fargate:services.web.${key}: an unknown key | here it is ${meant}`),
                key,
            );
        assert.deepEqual(problems({ network: { azs: 3 } }), ["fargate:network.azs: an unknown key | here it is zones"]);
        assert.deepEqual(problemsOf({ port: 8080, route: { allowCidrs: ["203.0.113.0/24"] } }), [
            "fargate:services.web.route.allowCidrs: an unknown key | here it is fargate:loadBalancer.allowCidrs: " +
                "for the whole stack; a service with other callers is in a stack of its own",
        ]);
    });

    it("means one that there is, and is none itself", () => {
        for (const { level, key } of foreignKeys()) {
            const holder = LEVELS[level];
            assert.ok(holder !== undefined, level);
            const { place, allowed } = foreignAt([...holder, key]) ?? assert.fail(key);
            const has = (at: readonly string[]) =>
                SCHEMAS.some(schema => knownKeys(schema, at.slice(0, -1)).includes(at.at(-1) ?? ""));
            assert.ok(has(place), `${key}: ${allowed}`);
            assert.ok(!has([...holder, key]), key);
        }
    });
});

describe("a name that JavaScript knows", () => {
    it("is told where it would vanish", () => {
        const named = (text: string) => JSON.parse(text) as Record<string, unknown>;
        const allowed = "the name __proto__ | another name: JavaScript keeps this one to itself";
        for (const [changes, place] of [
            ['{"environment":{"__proto__":"x"}}', "environment"],
            ['{"secrets":{"__proto__":"x"}}', "secrets"],
            ['{"build":{"context":"./app","args":{"__proto__":"x"}}}', "build.args"],
            ['{"permissions":[{"actions":["s3:GetObject"],"resources":["*"],"__proto__":{}}]}', "permissions[0]"],
        ] as const)
            assert.deepEqual(problemsOf(named(changes)), [`fargate:services.web.${place}.__proto__: ${allowed}`]);
        for (const key of ["services", "tags", "images", "aws:defaultTags"]) {
            const text =
                key === "services" ? '{"web":{"build":{"context":"./app"}},"__proto__":{"image":"x"}}' : '{"__proto__":"x"}';
            const full = key.includes(":") ? key : `fargate:${key}`;
            const config = {
                "aws:region": "ap-northeast-2",
                "fargate:services": '{"web":{"build":{"context":"./app"}}}',
                [full]: text,
            };
            const message = messageOf(() => settingsOf(config, { project: "fargate", stack: "dev" }));
            assert.deepEqual(toldIn(message, "dev"), [`${full}.__proto__: ${allowed}`], key);
        }
        assert.deepEqual(
            told(
                "config:\n  aws:region: ap-northeast-2\n  fargate:__proto__: {}\n  fargate:services: { web: { build: { context: ./app } } }\n",
            ),
            [`fargate:__proto__: ${allowed}`],
        );
    });

    it("is like any other elsewhere, and a typo of nothing", () => {
        for (const name of ["constructor", "toString", "hasOwnProperty", "valueOf", "length"]) {
            assert.match(problems({ [name]: {} })[0] ?? "", new RegExp(`^fargate:${name}: an unknown key \\| `));
            assert.match(
                problemsOf({ [name]: 1 })[0] ?? "",
                new RegExp(`^fargate:services\\.web\\.${name}: an unknown key \\| `),
            );
            assert.match(problemsOf({ health: { [name]: 1 } })[0] ?? "", new RegExp(`health\\.${name}: an unknown key \\| `));
            assert.match(problems({ [`aws:${name}`]: 1 })[0] ?? "", new RegExp(`^aws:${name}: an unknown key \\| `));
        }
    });
});

describe("what a problem shows", () => {
    it("starts no line as a command to GitHub Actions does", () => {
        const lines = told(
            "config:\n  aws:region: ap-northeast-2\n  ::error::x: y\n  fargate:services: { web: { build: { context: ./app } } }\n",
        );
        assert.deepEqual(lines, ["\\u003a:error::x:: a key with more than one colon | <namespace>:<name>"]);
    });

    it("is one line of what can be seen: no escape codes, line breaks or marks of direction", () => {
        const EVIL = "a\u001b[31m\r\n::error::b\u202e\u2028\u0085\u200b\ud800";
        for (const given of [
            { profile: EVIL },
            { [EVIL]: 1 },
            { services: { [EVIL]: WEB } },
            { tags: { [EVIL]: "x" } },
            { [`frgate:${EVIL}`]: "x" },
        ]) {
            const message = messageOf(() =>
                settingsOf(
                    Object.fromEntries([
                        ["aws:region", "ap-northeast-2"],
                        ["fargate:services", JSON.stringify({ web: WEB, ...(given as { services?: object }).services })],
                        ...Object.entries(given)
                            .filter(([key]) => key !== "services")
                            .map(([key, value]) => [
                                key.includes("gate:") ? key : `fargate:${key}`,
                                typeof value === "string" ? value : JSON.stringify(value),
                            ]),
                    ]) as Record<string, string>,
                    { project: "fargate", stack: "dev" },
                ),
            );
            assert.doesNotMatch(message.replaceAll("\n  ", "").replace(/\n/, ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
            assert.match(message, /\\u001b\[31m\\r\\n::error::b/);
        }
    });
});
