import assert from "node:assert/strict";
import stringWidth from "string-width";
import { fitted } from "../../../tools/cli/table";
import { comparison } from "../../../tools/cost/comparison";
import { cost } from "../../../tools/cost/cost";
import { comparePlatforms } from "../../../tools/cost/platforms/compare";
import { imageList } from "../../../tools/delivery/rollback-images";
import { costSection } from "../../../tools/cost/section";
import { planOf } from "../../../tools/plan/tree";
import { describePlan } from "../../../tools/plan/text";
import { policySection } from "../../../tools/policy/section";
import { sectionText } from "../../../tools/inventory/section";
import { describeChanges } from "../../../tools/sandbox/report";
import { addedText } from "../../../tools/stack/stack";
import { Inventory, inventory } from "../../../tools/inventory/inventory";
import { sample } from "../../support/sample";

const TODAY = "2026-11-26";
const DIGEST = `sha256:${"a".repeat(64)}`;
const IMAGES = [{ digest: DIGEST, tags: ["0123456789abcdef", "c0ffee".repeat(6)], pushedAt: new Date(0) }];

const known = new Map<string, Promise<Inventory>>();

/** What a sample stack declares; asked for often, and slow. */
function declared(stack: string): Promise<Inventory> {
    const found = known.get(stack) ?? inventory(stack, sample(stack));
    known.set(stack, found);
    return found;
}

/** As `planReport` puts it together, of resources that are declared once. */
async function planOfSample(stack: string, width?: number): Promise<string> {
    const found = await declared(stack);
    const sections = [costSection(found, width), policySection(found, TODAY)];
    return [describePlan(planOf(found), width), ...sections.map(sectionText)].join("\n\n");
}

/** What each command says of the sample stacks, in a terminal so wide. */
const TEXTS: Readonly<Record<string, (width?: number) => Promise<string> | string>> = {
    "plan dev": async width => planOfSample("dev", width),
    "plan prod": async width => planOfSample("prod", width),
    cost: async width => (await cost(sample("prod"), TODAY, width)).text,
    compare: async width => (await comparePlatforms(sample("prod"), width)).text,
    "cost prod --compare dev": async width => (await comparison(sample("prod"), sample("dev"), width)).text,
    rollback: width => imageList("fargate/web", IMAGES, DIGEST, width),
    "sandbox preview": async () => {
        const { resources } = await declared("prod");
        const changes = resources.map(({ urn, type, name, isComponent }) => ({
            op: "update",
            urn,
            type,
            name,
            properties: ["containerDefinitions", "taskDefinition"],
            isReal: !isComponent,
        }));
        return describeChanges({ changes, unchanged: 0, errors: [] });
    },
    "stack add": () =>
        addedText(
            { stack: "staging", like: "prod" },
            { how: "after", stack: "dev" },
            {
                file: {
                    text: "",
                    domain: { from: "shop.example.com", to: "staging.shop.example.com" },
                    left: ["encryptedkey"],
                    open: ["a"],
                },
                waiting: ["prod"],
                texts: {
                    ".github/workflows/deploy.yml": "",
                    ".github/workflows/rollback.yml": "",
                    "bootstrap/Pulumi.main.yaml": "",
                },
            },
        ),
};

describe("what a command says", () => {
    for (const [name, text] of Object.entries(TEXTS)) {
        it(`fits a terminal of 80, 100 and 120 columns, and says the same as in a pipe: ${name}`, async () => {
            const whole = await text();
            const words = (shown: string) => shown.split(/[\s│├└─]+/).sort();
            for (const width of [80, 100, 120]) {
                const shown = fitted(await text(width), width);
                const wider = shown.split("\n").filter(line => stringWidth(line) > width);
                assert.deepEqual(wider, [], `${width} columns`);
                // A digest is shortened.
                if (name !== "rollback") assert.deepEqual(words(shown), words(whole), `${width} columns`);
            }
        });
    }
});
