import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileBehind, settingsOf } from "../../settings";
import { readStackFile } from "../../settings/stack-file";
import { messageOf, toldIn } from "../support/given";

const file = (service: string, more = "") => `config:
  aws:region: ap-northeast-2
${more}  fargate:services:
    web:
      build: { context: ./app }
${service}`;

const environment = (variable: string) => file(`      environment: { ${variable} }\n`);
const PLACE = { project: "fargate", stack: "dev" };
const read = (text: string) => {
    const { config, ...rest } = readStackFile(text, "fargate");
    return settingsOf(config, { ...PLACE, ...rest });
};
const told = (text: string) =>
    toldIn(
        messageOf(() => read(text)),
        "dev",
    );

describe("a scalar that reaches the program as something else than is written", () => {
    it("is refused where it is text, with both texts and the place: put it in quotes", () => {
        assert.deepEqual(told(environment("STRIPE_API_VERSION: 2023-10-16")), [
            "fargate:services.web.environment.STRIPE_API_VERSION: 2023-10-16, which reaches the program as 2023-10-16 00:00:00 +0000 UTC | " +
                'put it in quotes: "2023-10-16"',
        ]);
        assert.deepEqual(told(environment("MODE: 014")), [
            "fargate:services.web.environment.MODE: 014, which reaches the program as 12 | " +
                'put it in quotes where it is text: "014"; otherwise write 12',
        ]);
        for (const [written, sent] of [
            ["0o14", "12"],
            ["0x1F", "31"],
            ["0b11", "3"],
            ["1_000", "1000"],
            ["1e3", "1000"],
            ["1.10", "1.1"],
            [".5", "0.5"],
            ["+5", "5"],
            ["08", "8"],
            ["True", "true"],
            ["FALSE", "false"],
            ["12345678901234567890", "12345678901234567000"],
            ["2023-10-16T01:02:03Z", "2023-10-16 01:02:03 +0000 UTC"],
        ] as const) {
            const [line = "", ...others] = told(environment(`X: ${written}`));
            assert.deepEqual(others, [], written);
            assert.ok(
                line.startsWith(`fargate:services.web.environment.X: ${written}, which reaches the program as ${sent} | `),
                line,
            );
            assert.ok(line.includes(`"${written}"`), line);
        }
        for (const plain of [
            "yes",
            "no",
            "on",
            "8080",
            "-1",
            "true",
            '"014"',
            "'1e3'",
            "12:30",
            "1.2.3",
            "2023-13-45",
            "0x",
            "!!str 014",
        ])
            read(environment(`X: ${plain}`));
    });

    it("is refused as a name too", () => {
        assert.deepEqual(told(file("", "  fargate:tags: { 1.10: a, 2023: b }\n")), [
            'fargate:tags.1.1: the name 1.10, which reaches the program as 1.1 | put it in quotes: "1.10"',
        ]);
    });

    it("is taken where a number, a boolean or a day is wanted, and means the same", () => {
        const exception = "[{ rule: rule-name, reason: because, until: 2027-03-31 }]".replace("rule-name", "vpcs-keep-flow-logs");
        const settings = read(
            file(
                "      port: 8080.0\n",
                `  fargate:budget: { monthlyUsd: 200.50 }\n  fargate:deletionProtection: True\n  fargate:policyExceptions: ${exception}\n`,
            ),
        );
        assert.equal(settings.services[0]?.port, 8080);
        assert.equal(settings.budget?.monthlyUsd, 200.5);
        assert.equal(settings.policyExceptions[0]?.until, "2027-03-31");
    });

    it("is refused where a number is wanted and another one arrives", () => {
        assert.match(
            told(file("      port: 014\n"))[0] ?? "",
            /^fargate:services\.web\.port: 014, which reaches the program as 12 \|/,
        );
        assert.match(told(file("      port: 8_080\n"))[0] ?? "", /otherwise write 8080$/);
        assert.match(
            told(file("      port: 1.50\n"))[0] ?? "",
            /^fargate:services\.web\.port: 1\.50, which reaches the program as 1\.5 \| a whole number from 1 to 65535; as text in quotes: "1\.50"$/,
        );
    });

    it("is not shown where it may be a secret", () => {
        for (const secret of [
            "environment: { DB_PASSWORD: 0123456 }",
            "secrets: { DB: 0123456 }",
            "build: { context: ./app, args: { NPM_TOKEN: 0123456 } }",
        ])
            assert.doesNotMatch(
                told(
                    `config:\n  aws:region: ap-northeast-2\n  fargate:services:\n    web:\n      build: { context: ./app }\n      ${secret}\n`.replace(
                        / {6}build: \{ context: \.\/app \}\n( {6}build)/,
                        "$1",
                    ),
                ).join("\n"),
                /0123456|42798/,
                secret,
            );
    });

    it("of another program is its own business", () => {
        read(file("", "  other:version: 1.10\n"));
    });

    it("is told by its own place in a list, whatever else of the list is wrong", () => {
        const text = file("", "  aws:allowedAccountIds: [1, 012345678901]\n");
        assert.deepEqual(told(text), [
            "aws:allowedAccountIds[0]: 1 | an account's 12 digits, in quotes",
            'aws:allowedAccountIds[1]: 012345678901, which reaches the program as 12345678901 | an account\'s 12 digits, in quotes; as text in quotes: "012345678901"',
        ]);
    });
});

describe("the program under an engine, which has the engine's reading alone", () => {
    let root = "";
    beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "program-"))));
    afterEach(() => rmSync(root, { recursive: true }));

    /** What the program tells with this file beside it, and this configuration from the engine. */
    const toldWith = (text: string, configuration: Readonly<Record<string, string>>) => {
        writeFileSync(path.join(root, "Pulumi.dev.yaml"), text);
        return toldIn(
            messageOf(() => {
                const { config, ...rest } = fileBehind(configuration, { ...PLACE, root }) ?? { config: configuration };
                settingsOf(config, { ...PLACE, ...rest });
            }),
            "dev",
        );
    };
    const services = (variables: Readonly<Record<string, unknown>>) => ({
        "aws:region": "ap-northeast-2",
        "fargate:services": JSON.stringify({ web: { build: { context: "./app" }, environment: variables } }),
    });

    it("tells what the file beside it says of a value that has been changed already", () => {
        const engine = services({ VERSION: "2023-10-16 00:00:00 +0000 UTC", MODE: 12 });
        assert.deepEqual(
            toldWith(environment("VERSION: 2023-10-16, MODE: 014"), engine),
            told(environment("VERSION: 2023-10-16, MODE: 014")),
        );
    });

    it("tells nothing of a file that the engine was not given", () => {
        writeFileSync(path.join(root, "Pulumi.dev.yaml"), environment("MODE: 014"));
        const engine = services({ MODE: "014" });
        const behind = fileBehind(engine, { ...PLACE, root });
        assert.deepEqual(settingsOf(engine, { ...PLACE, ...behind }).services[0]?.environment, { MODE: "014" });
        writeFileSync(path.join(root, "Pulumi.dev.yaml"), "aws:region: us-east-1\n");
        assert.deepEqual(fileBehind(engine, { ...PLACE, root })?.misplaced, []);
        assert.equal(fileBehind(engine, { ...PLACE, stack: "other", root }), undefined);
    });

    it("tells of keys that the engine did not see", () => {
        const text = environment("A: b").replace("config:", "confg:");
        assert.deepEqual(toldWith(text, {}), ["config:: the key confg | did you mean config?"]);
    });
});
