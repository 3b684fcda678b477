import assert from "node:assert/strict";
import { costReport } from "../../../tools/cost/report";
import { costSection } from "../../../tools/cost/section";
import { inventory } from "../../../tools/inventory/inventory";
import { costChange } from "../../../tools/cost/change";
import type { StackFiles } from "../../../tools/cli/stack-files";
import { fixture } from "../../fixtures/review/fixture";
import { files } from "../../support/changed-files";
import { resourcesBefore } from "../../../tools/deployed/preview";

const section = async (given: StackFiles) => costSection(await inventory(given.stack, given));
const budget = (monthlyUsd: number) => ({ "fargate:budget": { monthlyUsd } });
/** Many tasks on Spot, whose price nobody knows in ap-northeast-2. */
const CROWD = { "fargate:services": { web: { image: "nginx:1.29", tasks: 500 } }, "fargate:network": { egress: "nat" } };

describe("a stack's budget", () => {
    it("that is exceeded names the three largest items, and by how much, also as data", async () => {
        const { text, blocks, json } = await section(files("prod", budget(150)));
        assert.equal(blocks, true);
        const [, after = ""] = text.split(
            "\nBudget exceeded by 53.35: the expected level is over 150.00 (fargate:budget.monthlyUsd). Largest:\n",
        );
        assert.deepEqual(
            after.split("\n").map(line => line.trim().split(":")[0]),
            ["85.51  endpoints, AWS PrivateLink", "66.33  web, AWS Fargate", "18.97  cluster, Amazon CloudWatch"],
        );
        const { largest, ...verdict } = json["budget"] as { largest: Record<string, unknown>[] };
        assert.deepEqual(verdict, { verdict: "exceeded", limitUsd: 150, byUsd: 53.35 });
        assert.deepEqual(largest[0], {
            component: "endpoints",
            service: "AWS PrivateLink",
            what: "3 × interface endpoint in 3 zones",
            expected: 85.51,
        });
    });

    it("that holds says what is left, with Spot at the on-demand price where it has no other", async () => {
        const dev = await section(files("dev", budget(70)));
        assert.equal(dev.blocks, false);
        assert.match(
            dev.text,
            /^Budget: 5\.87 left of 70\.00 \(fargate:budget\.monthlyUsd\), with Spot counted at the on-demand price, which it is never above$/m,
        );
        assert.deepEqual(dev.json["budget"], { verdict: "within", limitUsd: 70, leftUsd: 5.87, countsOnDemand: true });
        const prod = await section(files("prod", budget(300)));
        assert.match(prod.text, /^Budget: 96\.65 left of 300\.00 \(fargate:budget\.monthlyUsd\)$/m);
    });

    it("that nobody can tell fails, and says why and what to do", async () => {
        const { text, blocks, json } = await section(files("dev", { ...CROWD, ...budget(100) }));
        assert.equal(blocks, true);
        const [, told = ""] = text.split("\nBudget: ");
        assert.deepEqual(told.split("\n"), [
            "nobody can tell whether 100.00 (fargate:budget.monthlyUsd) is enough. What is known costs 48.07; with Spot at the on-demand price it is 4,193.56.",
            "  Enter fargateSpotArmVcpuHour, fargateSpotArmGbHour in tools/cost/prices/price-table.json, from https://aws.amazon.com/fargate/pricing: the price list that npm run prices:refresh reads does not have Spot",
            "  Or set fargate:budget.monthlyUsd to 4194, which is enough whatever Spot costs",
        ]);
        const { nextSteps, ...verdict } = json["budget"] as { nextSteps: string[] };
        assert.deepEqual(verdict, { verdict: "unknown", limitUsd: 100, knownUsd: 48.07, atMostUsd: 4193.56 });
        assert.equal(nextSteps.length, 2);
        const enough = await section(files("dev", { ...CROWD, ...budget(4194) }));
        assert.equal(enough.blocks, false);
    });

    it("fails in a region without prices, with the command that fetches them", async () => {
        const elsewhere = { "aws:region": "eu-north-1", "fargate:network": {} };
        const given = files("dev", { ...elsewhere, ...budget(60) });
        const { summary, text, blocks, json } = await section(given);
        assert.equal(blocks, true);
        assert.match(summary, /^There are no prices for eu-north-1\. /);
        assert.match(text, /^Budget: nobody can tell whether 60\.00 .* Nothing has a price here\.$/m);
        assert.match(text, /^ {2}Fetch AWS's public price list \(no credentials\): npm run prices:refresh -- eu-north-1$/m);
        assert.equal((json["budget"] as { verdict: string }).verdict, "unknown");

        const report = await costReport(given, "2026-11-03");
        assert.deepEqual([report.blocks, report.json["stack"], report.json["budget"]], [true, "dev", json["budget"]]);

        const without = await section(files("dev", elsewhere));
        assert.equal(without.blocks, false);
        assert.deepEqual(without.json["budget"], { verdict: "none" });
        await assert.rejects(costReport(files("dev", elsewhere), "2026-11-03"), /npm run prices:refresh -- eu-north-1/);
    });

    it("is not mentioned where there is none", async () => {
        const { text, json } = await section(files("dev"));
        assert.doesNotMatch(text, /Budget/);
        assert.deepEqual(json["budget"], { verdict: "none" });
    });
});

describe("a change and the budget", () => {
    const change = async (name: string, config: Readonly<Record<string, unknown>>) => {
        const { preview, files: given } = fixture(name);
        const texts = Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]);
        const changed = { ...given, config: { ...given.config, ...(Object.fromEntries(texts) as Record<string, string>) } };
        return costChange(resourcesBefore(preview), await inventory(given.stack, changed));
    };

    it("is blocked where nobody can tell whether it holds, and says what to do", async () => {
        const { summary, text, blocks, json } = await change("cpu", budget(70));
        assert.equal(blocks, true);
        assert.equal(
            summary,
            "65.33 + unknown → 65.33 + unknown USD a month (unknown), nobody can tell whether the budget of 70.00 holds",
        );
        assert.match(text, /^Budget: nobody can tell .* it is 98\.49\.$/m);
        assert.match(text, /^ {2}Or set fargate:budget\.monthlyUsd to 99, /m);
        assert.equal((json as { budget: { verdict: string } }).budget.verdict, "unknown");
    });

    it("is blocked where it is exceeded, and not where it holds on demand", async () => {
        const exceeded = await change("cpu", budget(60));
        assert.equal(exceeded.blocks, true);
        assert.match(exceeded.summary, /, 5\.33 over the budget of 60\.00$/);
        assert.match(exceeded.text, /^Budget exceeded by 5\.33: .* Largest:\n {2}38\.06 {2}endpoints, /m);
        const within = await change("cpu", budget(100));
        assert.equal(within.blocks, false);
        assert.doesNotMatch(within.summary + within.text, /[Bb]udget/);
    });

    it("is blocked in a region without prices", async () => {
        const elsewhere = {
            "aws:region": "eu-north-1",
            "fargate:network": { egress: "nat" },
            "fargate:services": { web: { image: "nginx:1.29" } },
            "fargate:images": {},
        };
        const { summary, text, blocks } = await change("cpu", { ...elsewhere, ...budget(60) });
        assert.equal(blocks, true);
        assert.equal(summary, "unknown, nobody can tell whether the budget of 60.00 holds");
        assert.match(text, /npm run prices:refresh -- eu-north-1/);
        assert.equal((await change("cpu", elsewhere)).blocks, false);
    });
});
