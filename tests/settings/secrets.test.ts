import assert from "node:assert/strict";
import { PARAMETER, SECRET, WEB, problems, problemsOf, refusal, service, settings } from "../support/given";

describe("a secret value is never printed", () => {
    const VALUE = "hunter2";

    it("in place of a secret's ARN, of a variable or of a build argument, or anywhere below a list or mapping", () => {
        for (const changes of [
            { secrets: { DB: VALUE } },
            { secrets: VALUE },
            { secrets: [VALUE] },
            { environment: { DB_PASSWORD: VALUE } },
            { environment: { DB: [VALUE] } },
            { environment: [VALUE] },
            { environment: { DB: `postgres://user:${VALUE}@db/shop` } },
            { build: { context: "./app", args: { NPM_TOKEN: VALUE } } },
            { build: { context: "./app", args: { NPM: [VALUE] } } },
            { port: { DB: VALUE } },
            { health: [VALUE] },
        ]) {
            assert.doesNotMatch(
                refusal({ services: { web: { ...WEB, ...changes } } }),
                new RegExp(VALUE),
                JSON.stringify(changes),
            );
        }
    });

    it("where the configuration holds it under `secure:`, which is refused, whatever else is wrong with it", () => {
        const given = { domain: { name: VALUE }, profile: VALUE, images: VALUE };
        const secretKeys = ["fargate:domain", "fargate:profile", "fargate:images"];
        assert.doesNotMatch(refusal(given, { secretKeys }), new RegExp(VALUE));

        const quoted = {
            domain: { name: `${VALUE}.example.com`, zone: "example.com" },
            services: { web: { ...WEB, route: { hosts: ["other.example.com"] } } },
        };
        assert.match(refusal(quoted), new RegExp(VALUE), "not secret: named as what is allowed");
        assert.doesNotMatch(refusal(quoted, { secretKeys: ["fargate:domain"] }), new RegExp(VALUE));
    });

    it("while an ARN in another region is, being no secret itself", () => {
        const other = SECRET.replace("ap-northeast-2", "us-east-1");
        assert.match(refusal({ services: { web: { ...WEB, secrets: { DB: other } } } }), new RegExp(other));
    });
});

describe("a `secure:` value", () => {
    it("is refused under fargate:, since a task definition would show it, and told where to go", () => {
        assert.deepEqual(problems({}, { secretKeys: ["fargate:services"] }), [
            "fargate:services: a secure value | no secret in the configuration: store it in Secrets Manager or SSM and name its ARN under secrets",
        ]);
    });

    it("is nobody's business elsewhere", () => {
        settings({ "other:token": "y" }, { secretKeys: ["other:token"] });
    });
});

describe("a secret", () => {
    it("is the full ARN of a Secrets Manager secret, whole or by JSON key, or of a parameter", () => {
        for (const arn of [
            SECRET,
            `${SECRET}:password::`,
            `${SECRET}:password:AWSPREVIOUS:`,
            PARAMETER,
            `${PARAMETER}/password`,
        ]) {
            settings({ services: { web: { ...WEB, secrets: { DB: arn } } } });
        }
    });

    it("is no value and no name", () => {
        for (const value of ["", "db", "/prod/db", 5, { secure: "v1:…" }]) {
            assert.deepEqual(
                problemsOf({ secrets: { DB: value } }).map(line => line.replace(/:.*\| /, ": ")),
                ["fargate: the full ARN of a Secrets Manager secret or an SSM parameter; never a value"],
                JSON.stringify(value),
            );
        }
    });
});

describe("the environment", () => {
    it("has no plain text under a name that promises a secret", () => {
        const names = [
            "PASSWORD",
            "DB_PASSWORD",
            "db_passwd",
            "API_KEY",
            "APIKEY",
            "AWS_SECRET_ACCESS_KEY",
            "TOKEN",
            "CREDENTIALS",
            "TLS_PRIVATE_KEY",
        ];
        for (const name of [...names, "GITHUB_TOKEN_OLD", "SSH_PASSPHRASE"]) {
            assert.deepEqual(problemsOf({ environment: { [name]: "x" } }), [
                `fargate:services.web.environment.${name}: what looks like a secret in plain text (not shown) | ` +
                    `store it in Secrets Manager or SSM and name its ARN: secrets: { ${name}: arn:aws:secretsmanager:… }. Where it is none: plain: [${name}]`,
            ]);
        }
        const harmless = {
            LOG_LEVEL: "info",
            TOKENS: "5",
            KEYBOARD: "us",
            SECRETARY: "Ann",
            URL: "https://shop.example.com:8080/a@b",
        };
        assert.deepEqual(service({ environment: harmless }).environment, harmless);
    });

    it("keeps build arguments apart, which stay in the image and get nothing from Secrets Manager", () => {
        const [told = "", ...more] = problemsOf({ build: { context: "./app", args: { NPM_TOKEN: "npm_x" } } });
        assert.deepEqual(more, []);
        assert.match(
            told,
            /^fargate:services\.web\.build\.args\.NPM_TOKEN: what looks like a secret .* \| no secret, since arguments stay in the image/,
        );
        assert.match(told, /docker build --secret, push, and name the image as `image`/);
    });

    it("has no address with a password in it", () => {
        assert.match(
            problemsOf({ environment: { DB: "postgres://shop:hunter2@db:5432/shop" } })[0] ?? "",
            /environment\.DB: what looks/,
        );
    });

    it("has none in a command of the health check, which is as plain", () => {
        const command = ["CMD-SHELL", "curl -u app:hunter2 localhost"];
        assert.match(
            problemsOf({ health: { command } })[0] ?? "",
            /health\.command: what looks.*\| .*read that variable in the command$/,
        );
        const reads = ["CMD-SHELL", 'curl -H "Authorization: Bearer $TOKEN" localhost'];
        assert.deepEqual(service({ health: { command: reads } }).health.command, reads);
    });

    it("has what is stated to be no secret, by names that exist", () => {
        const given = {
            environment: { TOKEN_FLAVOUR: "mint", ACCESS_TOKEN: "none-yet" },
            build: { context: "./app", args: { NPM_TOKEN: "unused" } },
        };
        assert.equal(problemsOf(given).length, 3);
        const plain = ["TOKEN_FLAVOUR", "ACCESS_TOKEN", "NPM_TOKEN"];
        assert.deepEqual(service({ ...given, plain }).plain, plain);
        assert.deepEqual(problemsOf({ ...given, plain: [...plain, "TOKEN_FLAVOR"] }), [
            "fargate:services.web.plain: TOKEN_FLAVOR | did you mean TOKEN_FLAVOUR?",
        ]);
        assert.deepEqual(problemsOf({ plain: ["A"] }), [
            "fargate:services.web.plain: A | names in environment or build.args, which are empty",
        ]);
    });

    it("has numbers and booleans as text", () => {
        assert.deepEqual(service({ environment: { PORT: 8080, DEBUG: true } }).environment, { PORT: "8080", DEBUG: "true" });
    });

    it("shares no name with the secrets, which ECS refuses", () => {
        assert.deepEqual(problemsOf({ environment: { DB: "x" }, secrets: { DB: SECRET } }), [
            "fargate:services.web.secrets.DB: DB in environment too | a variable in one of the two",
        ]);
    });

    it("has names that a process can be given, of more than a shell can read", () => {
        const environment = {
            "discovery.type": "single-node",
            "A-B": "1",
            "Logging__LogLevel__Microsoft.Hosting": "Debug",
            "a:b": "2",
            "9": "3",
        };
        assert.deepEqual(service({ environment }).environment, environment);
        const what = "a variable's name: ASCII without spaces and =";
        for (const [name, stranger] of [
            ["A B", "a space"],
            ["A=B", '"="'],
            ["GRÖSSE", '"Ö"'],
            ["A\tB", "U+0009"],
        ] as const) {
            const [told = ""] = problemsOf({ environment: { [name]: "1" } });
            assert.ok(told.endsWith(`| ${what}; not ${stranger}`), told);
        }
    });
});
