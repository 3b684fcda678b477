import Ajv from "ajv";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../../../settings";
import { SCHEMA_FILE, schemaText, stackSchema } from "../../../tools/generate/schema";
import { Given, PARAMETER, REGION, REPOSITORY, SECRET, WEB, settings } from "../../support/given";

const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as object);

describe("the JSON Schema of stack files", () => {
    it("is the one that the settings make: `npm run schema` after a change", () => {
        assert.equal(readFileSync(SCHEMA_FILE, "utf8"), schemaText());
    });

    it("is named by every shipped stack file, so that editors use it, and accepts the file", () => {
        for (const file of ["Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
            const text = readFileSync(path.join(PROJECT_FOLDER, file), "utf8");
            const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
            assert.equal(path.resolve(PROJECT_FOLDER, named), SCHEMA_FILE);
            assert.deepEqual(complaints(parse(text)), []);
        }
    });

    it("accepts what the program accepts", () => {
        for (const given of [
            {},
            {
                network: {
                    vpcId: "vpc-01234567",
                    publicSubnetIds: ["subnet-01234567", "subnet-01234568"],
                    privateSubnetIds: ["subnet-01234569"],
                },
            },
            { network: { cidr: "10.0.0.0/20", zones: [`${REGION}a`, `${REGION}b`], egress: "nat-per-zone", endpointZones: 1 } },
            { domain: { name: "shop.example.com", zone: "example.com" }, allowHttp: true, tags: { team: "shop" } },
            {
                services: {
                    web: {
                        image: `${REPOSITORY}:1`,
                        user: 1000,
                        environment: { A: 1, B: true },
                        secrets: { S: SECRET, P: PARAMETER },
                    },
                },
            },
            {
                services: {
                    web: { ...WEB, build: { context: "./app", args: { A: 1 } }, cpu: 512, memoryMiB: 1024, spotPercent: 0 },
                },
            },
            { "other:key": { any: "thing" }, "aws:profile": "shop", logRetentionDays: 30, containerInsights: "enhanced" },
        ] satisfies Given[]) {
            settings(given);
            assert.deepEqual(complaints({ config: inFile(given) }), []);
        }
    });

    it("refuses what the program refuses, at the same place", () => {
        for (const [given, place] of [
            [{ servces: {} }, "/config"],
            [{ profile: "prod" }, "/config/fargate:profile"],
            [{ services: {} }, "/config/fargate:services"],
            [{ services: { Web: WEB } }, "/config/fargate:services"],
            [{ services: { ["a".repeat(21)]: WEB } }, "/config/fargate:services"],
            [{ services: { web: { ...WEB, cpu: "512" } } }, "/config/fargate:services/web/cpu"],
            [{ services: { web: { ...WEB, cpu: 300 } } }, "/config/fargate:services/web/cpu"],
            [{ services: { web: { ...WEB, memroy: 512 } } }, "/config/fargate:services/web"],
            [
                { services: { web: { ...WEB, environment: { A: { secure: "v1:…" } } } } },
                "/config/fargate:services/web/environment/A",
            ],
            [{ services: { web: { ...WEB, secrets: { DB: "hunter2" } } } }, "/config/fargate:services/web/secrets/DB"],
            [{ domain: { zone: "example.com" } }, "/config/fargate:domain"],
            [{ logRetentionDays: 8 }, "/config/fargate:logRetentionDays"],
            [{ network: { vpcId: "vpc-01234567", cidr: "10.0.0.0/16" } }, "/config/fargate:network"],
            [{ "aws:region": undefined }, "/config"],
            [{ services: undefined }, "/config"],
        ] as const) {
            assert.throws(() => settings(given), JSON.stringify(given));
            assert.ok(
                complaints({ config: inFile(given) }).some(line => line.startsWith(`${place} `)),
                JSON.stringify(given),
            );
        }
    });

    it("accepts a stack of jobs alone", () => {
        const given = { services: undefined, jobs: { nightly: { build: { context: "./app" } } } };
        settings(given);
        assert.deepEqual(complaints({ config: inFile(given) }), []);
    });

    it("refuses a key without a namespace, which nothing would check, and an unknown one beside config", () => {
        assert.deepEqual(complaints({ config: { ...inFile({}), profile: "production" } }), [
            "/config must NOT have additional properties",
        ]);
        assert.deepEqual(complaints({ config: inFile({}), configuration: {} }), [" must NOT have additional properties"]);
        assert.deepEqual(complaints({}), [" must have required property 'config'"]);
    });

    it("accepts what the Pulumi CLI writes beside the configuration", () => {
        const written = {
            secretsprovider: "awskms://alias/pulumi",
            encryptedkey: "x",
            encryptionsalt: "y",
            environment: ["shop"],
        };
        assert.deepEqual(complaints({ ...written, config: inFile({}) }), []);
    });

    it("tells every key's meaning, and its default where every profile has the same", () => {
        const { config } = stackSchema()["properties"] as Record<string, Node>;
        const silent: string[] = [];
        walk(config, "config", (node, at) => {
            if (node.description === undefined) silent.push(at);
        });
        assert.deepEqual(silent, []);
        const web = config?.properties?.["fargate:services"]?.additionalProperties as Node;
        const defaults = Object.entries(web.properties ?? {}).flatMap(([key, node]) => (node.default === undefined ? [] : [key]));
        assert.deepEqual(defaults, [
            "cpu",
            "memoryMiB",
            "architecture",
            "user",
            "writablePaths",
            "environment",
            "secrets",
            "permissions",
            "health",
            "drainSeconds",
            "exec",
        ]);
        assert.equal(web.properties?.["user"]?.default, "65532");
    });
});

interface Node {
    readonly description?: string;
    readonly default?: unknown;
    readonly properties?: Readonly<Record<string, Node>>;
    readonly additionalProperties?: Node | false;
    readonly items?: Node;
    readonly anyOf?: readonly Node[];
}

/** Every key below a node, through lists, mappings and alternatives. */
function walk(node: Node | undefined, at: string, visit: (node: Node, at: string) => void): void {
    if (node === undefined) return;
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
        visit(inner, `${at}.${key}`);
        walk(inner, `${at}.${key}`, visit);
    }
    for (const inner of [node.additionalProperties || undefined, node.items, ...(node.anyOf ?? [])]) walk(inner, at, visit);
}

/** Configuration as a stack file has it. */
function inFile(given: Given): Record<string, unknown> {
    const entries: [string, unknown][] = Object.entries({ "aws:region": REGION, services: { web: WEB }, ...given });
    const named = entries.map(([key, value]) => [key.includes(":") ? key : `fargate:${key}`, value] as const);
    return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

function complaints(file: unknown): string[] {
    validate(file);
    return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}
