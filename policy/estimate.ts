import { readFileSync } from "node:fs";
import { costOf } from "../tools/cost/estimate";
import { budgetVerdict, failsBudget } from "../tools/cost/budget";
import { noPrices, pricesIn } from "../tools/cost/prices/prices";
import { budgetLines } from "../tools/cost/budget-text";
import { expectedText } from "../tools/cost/text";
import { inventory } from "../tools/inventory/inventory";
import type { Configured, Estimate } from "./cost";

/** What a stack costs by its configuration. */
export async function estimate(configured: Configured): Promise<Estimate> {
    const { stack } = configured;
    const { settings, resources } = await inventory(stack, { secretKeys: [], ...configured });
    const { region, usage } = settings;
    const prices = pricesIn(region);
    const cost = prices && costOf(resources, usage, prices);
    const verdict = budgetVerdict(settings, cost);
    const expected = cost && `${expectedText(cost.total)} USD a month expected; npm run cost -- ${stack} tells what for`;
    return {
        summary: expected ?? noPrices(region),
        ...(failsBudget(verdict) && { objection: budgetLines(verdict, region).join("\n") }),
    };
}

/** The process that cost.ts starts: configuration in, estimate out, both as JSON. */
async function main(): Promise<void> {
    process.stdout.write(JSON.stringify(await estimate(JSON.parse(readFileSync(0, "utf8")) as Configured)));
}

if (require.main === module)
    main().catch((error: unknown) => {
        process.stderr.write(error instanceof Error ? error.message : String(error));
        process.exitCode = 1;
    });
