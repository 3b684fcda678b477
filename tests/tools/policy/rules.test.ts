import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { Circumstances, evaluate } from "../../../tools/policy/evaluate";
import type { Resource } from "../../../tools/inventory/resource";
import { RULE_NAMES } from "../../../settings/rule-names";
import { RULES, RULES_BY_FILE } from "../../../tools/policy/rules";
import { UNKNOWN, texts } from "../../../tools/inventory/inputs";
import { PROJECT_FOLDER } from "../../../settings";
import { programOf } from "../../support/resources";

const PRODUCTION: Circumstances = { profile: "production", exceptions: [], today: "2026-01-01" };

const RULES_FOLDER = path.join(PROJECT_FOLDER, "tools", "policy", "rules");
const TESTS_FOLDER = path.join(PROJECT_FOLDER, "tests", "tools", "policy", "rules");

const filesOf = (folder: string, suffix: string) =>
    readdirSync(folder)
        .filter(file => file !== "index.ts")
        .map(file => file.replace(suffix, ""))
        .sort();

/** What a file has behind every occurrence of a line's start, up to the closing quote. */
const quotedIn = (file: string, start: RegExp) =>
    [...readFileSync(file, "utf8").matchAll(new RegExp(`${start.source}"([^"]+)"`, "gm"))].map(([, name]) => name);

/** What AWS Security Hub asks for and this program can meet, or excepts; see docs/controls.md. */
const CONTROLS = [
    ...["ECS.2", "ECS.3", "ECS.4", "ECS.5", "ECS.8", "ECS.9", "ECS.10", "ECS.12", "ECS.13", "ECS.14", "ECS.15", "ECS.17"],
    ...["ECS.20", "ECS.21", "ELB.1", "ELB.4", "ELB.5", "ELB.6", "ELB.12", "ELB.13", "ELB.16", "ELB.17", "ELB.18", "ELB.21"],
    ...["ELB.22", "ECR.1", "ECR.2", "ECR.3", "ECR.5", "EC2.2", "EC2.6", "EC2.10", "EC2.13", "EC2.15", "EC2.18", "EC2.19"],
    ...["EC2.21", "EC2.53", "EC2.54", "IAM.1", "IAM.21", "KMS.1", "KMS.2", "KMS.4", "S3.2", "S3.3", "S3.5", "S3.6", "S3.8"],
    ...["S3.9", "S3.12", "S3.13", "SNS.1", "SNS.4", "WAF.10", "WAF.11", "WAF.12", "CloudWatch.15", "CloudWatch.16"],
    ...["CloudWatch.17", "ACM.1", "ACM.2"],
];

describe("policy rules", () => {
    it("have one name, in the list that the settings know, and stand in the list of one file, whose test proves each", () => {
        const names = RULES.map(({ name }) => name);
        assert.deepEqual(names, [...RULE_NAMES]);
        assert.deepEqual(names, [...new Set(names)].sort());
        const files = Object.keys(RULES_BY_FILE);
        assert.deepEqual(filesOf(RULES_FOLDER, ".ts"), files);
        assert.deepEqual(filesOf(TESTS_FOLDER, ".test.ts"), files);
        for (const [file, rules] of Object.entries(RULES_BY_FILE)) {
            const listed = rules.map(({ name }) => name);
            assert.deepEqual(quotedIn(path.join(RULES_FOLDER, `${file}.ts`), /^    name: /), listed, file);
            assert.deepEqual(quotedIn(path.join(TESTS_FOLDER, `${file}.test.ts`), /^prove\(/), listed, `${file}.test.ts`);
        }
    });

    it("cover every control of AWS Security Hub that this program can meet, or excepts", () => {
        const covered = new Set(RULES.flatMap(({ controls }) => controls));
        assert.deepEqual([...covered].sort(), [...CONTROLS].sort());
    });

    it("say in sentences what has to be so, why, and what to do", () => {
        for (const { name, title, reason, fix } of RULES) {
            for (const sentence of [title, reason, fix]) assert.match(sentence, /^[A-Z].*[^.]\.$/, `${name}: ${sentence}`);
        }
    });

    it("name a file of this program that meets them", () => {
        for (const { name, standing } of RULES) {
            if (standing.is === "met")
                assert.ok(existsSync(path.join(PROJECT_FOLDER, standing.where)), `${name}: ${standing.where}`);
        }
    });

    for (const stack of ["dev", "prod"] as const) {
        it(`have nothing to object to in ${stack}`, async () => {
            const profile = stack === "prod" ? "production" : "development";
            const { findings, excepted } = evaluate(await programOf(stack), { ...PRODUCTION, profile });
            assert.deepEqual(findings, []);
            assert.ok(excepted.every(({ until }) => until === undefined));
        });
    }

    it("except in production the known conflicts, and nothing else", async () => {
        const { excepted } = evaluate(await programOf("prod"), PRODUCTION);
        assert.deepEqual([...new Set(excepted.map(({ finding }) => finding.rule))].sort(), [
            "buckets-log-access",
            "listeners-are-encrypted",
            "load-balancers-are-internal",
            "target-groups-are-encrypted",
            "vpcs-have-an-ec2-endpoint",
        ]);
    });

    it("say nothing about a preview, where ids and what rests on them are unknown", async () => {
        const { findings } = evaluate(asInPreview(await programOf("prod")), PRODUCTION);
        assert.deepEqual(findings, []);
    });

    it("say nothing about any property that is unknown", async () => {
        const program = asInPreview(await programOf("prod"));
        for (const resource of program) {
            for (const property of Object.keys(resource.inputs)) {
                const inputs = { ...resource.inputs, [property]: UNKNOWN };
                const { findings } = evaluate(
                    program.map(each => (each === resource ? { ...each, inputs } : each)),
                    PRODUCTION,
                );
                assert.deepEqual(findings, [], `${resource.type} ${resource.name} without ${property}`);
            }
        }
    }).timeout(60_000);

    it("say nothing where everything is unknown", async () => {
        const program = asInPreview(await programOf("prod")).map(each => ({
            ...each,
            inputs: Object.fromEntries(Object.keys(each.inputs).map(property => [property, UNKNOWN])),
        }));
        assert.deepEqual(evaluate(program, PRODUCTION).findings, []);
    });
});

/** The program as an engine shows it before it exists: ids are unknown, and references are told beside the properties. */
function asInPreview(program: readonly Resource[]): Resource[] {
    const called = (text: string) => program.filter(({ ids }) => ids.includes(text)).map(({ urn }) => urn);
    return program.map(resource => {
        const references = Object.keys(resource.inputs).map(property => {
            const urns = texts(resource.inputs[property]).flatMap(called);
            return [property, urns] as const;
        });
        const unknown = references
            .filter(([property, urns]) => urns.length > 0 && property !== "name")
            .map(([property]) => property);
        return {
            ...resource,
            ids: [],
            propertyDependencies: Object.fromEntries(references),
            inputs: Object.fromEntries(
                Object.entries(resource.inputs).map(([property, value]) => [
                    property,
                    unknown.includes(property) ? UNKNOWN : value,
                ]),
            ),
        };
    });
}
