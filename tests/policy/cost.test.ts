import assert from "node:assert/strict";
import type { Configured } from "../../policy/cost";
import { estimate } from "../../policy/estimate";
import { PROJECT_FOLDER } from "../../settings";
import { readStackFiles } from "../../tools/cli/stack-files";
import * as pack from "./told";

/** With an estimate that is made in this process. */
const told = (configured: () => Configured) => pack.told(configured, estimate);

describe("the cost in a policy pack", () => {
    const dev = () => readStackFiles(PROJECT_FOLDER, "dev");
    const withBudget = (monthlyUsd: number) => () => {
        const files = dev();
        return { ...files, config: { ...files.config, "fargate:budget": JSON.stringify({ monthlyUsd }) } };
    };

    it("is told with every preview, and blocks nothing where there is no budget", async () => {
        const { cost, ...others } = await told(dev);
        assert.match(cost?.join("\n") ?? "", /^[\d.]+( \+ unknown)? USD a month expected; npm run cost -- dev tells what for$/);
        assert.deepEqual(others, { "cost-is-within-budget": [] });
    });

    it("blocks above the budget, with the largest items", async () => {
        const found = (await told(withBudget(5)))["cost-is-within-budget"] ?? [];
        assert.match(found.join("\n"), /^Budget exceeded by [\d.]+: .*Largest:\n( +[\d.]+ {2}.*\n?){3}$/);
        assert.deepEqual((await told(withBudget(5000)))["cost-is-within-budget"], []);
    });

    it("is unknown, with the reason, where the program would not run", async () => {
        const found = await told(() => ({ project: "fargate", stack: "dev", config: { "aws:region": "nowhere" } }));
        assert.match(
            found["cost"]?.join("\n") ?? "",
            /^unknown: Pulumi\.dev\.yaml has 2 problems\. Nothing was created\.\n {2}aws:region /,
        );
        assert.deepEqual(found["cost-is-within-budget"], []);
    });

    it("that is unknown blocks where there is a budget", async () => {
        const config = { "aws:region": "nowhere", "fargate:budget": '{"monthlyUsd":5}' };
        const found = await told(() => ({ project: "fargate", stack: "dev", config }));
        assert.match(found["cost-is-within-budget"]?.join("\n") ?? "", /^fargate:budget is set, and the cost is unknown: Pulumi/);
    });
});
