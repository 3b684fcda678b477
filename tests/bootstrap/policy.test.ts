import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import program from "../../bootstrap/index";
import { PROJECT_FOLDER } from "../../settings";
import { record } from "../../tools/inventory/recorder";
import { fromRecorded } from "../../tools/inventory/resource";
import { evaluate } from "../../tools/policy/evaluate";
import { RULES } from "../../tools/policy/rules";
import { iamRules } from "../../tools/policy/rules/iam";
import { sampleBootstrap } from "../support/sample";

const calls = { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }) };

/** What the stacks' rules object to in the bootstrap, by what is written of it. */
const DECIDED: Readonly<Record<string, readonly [document: string, words: string]>> = {
    "buckets-log-access state-bucket": ["docs/delivery.md", "### Who has read a stack's state"],
    "repositories-use-a-customer-key web-registry-repository": [
        "docs/watch.md",
        "images in the shared repositories of the bootstrap",
    ],
};

describe("the rules of stacks, applied to the bootstrap", () => {
    // Policies of roles and boundaries are limited by tags, which these rules do not weigh: tests/iam asks them for each action.
    const rules = RULES.filter(rule => !iamRules.includes(rule));

    it("object to nothing that is not decided somewhere", async () => {
        const { resources } = await record(program, { ...sampleBootstrap(), calls });
        const circumstances = { profile: "production", exceptions: [], today: "2026-11-26" } as const;
        const { findings } = evaluate(fromRecorded(resources), circumstances, rules);
        assert.deepEqual(findings.map(({ rule, resource }) => `${rule} ${resource}`).sort(), Object.keys(DECIDED).sort());
    });

    it("have each decision written down", () => {
        for (const [document, words] of Object.values(DECIDED))
            assert.ok(readFileSync(path.join(PROJECT_FOLDER, document), "utf8").includes(words), `${document}: ${words}`);
    });
});
