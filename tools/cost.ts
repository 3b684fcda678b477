import { Command } from "commander";
import { PROJECT_FOLDER } from "../settings";
import { ExitCode, runCommand } from "./command";
import { comparison } from "./cost-comparison";
import { adviseOn, egressLines, savingsLines } from "./cost-savings";
import { costSection, requirePrices } from "./cost-section";
import { LEFT_OUT, heading, sourceLines } from "./cost-text";
import { costOf } from "../model/cost";
import { inventory } from "./inventory";
import { readStackFiles } from "./stack-files";

/** The expected level is above `fargate:budget.monthlyUsd`. */
const OVER_BUDGET = 2;

interface Options {
    readonly json?: boolean;
    readonly compare?: string;
}

const command = new Command("cost")
    .description(
        "What a stack costs a month by AWS's list prices, before anything exists. Without network, account, Docker or Pulumi CLI. Ends with 2 above the budget.",
    )
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .option("--compare <stack>", "the difference to another stack")
    .showSuggestionAfterError()
    .action(async (stack: string, { json, compare }: Options) => {
        if (compare !== undefined) return print(await comparison(stack, compare), json);
        const { exceedsBudget, ...report } = await reportOn(stack);
        print(report, json);
        if (exceedsBudget) throw new ExitCode(OVER_BUDGET);
    });

async function reportOn(stack: string) {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    const found = await inventory(stack, files);
    const prices = requirePrices(found.settings.region);
    const section = costSection(found);
    const advice = adviseOn(found, files, prices);
    const used = costOf(found.resources, found.settings.usage, prices).prices;
    const text = [
        section.text,
        "",
        ...savingsLines(advice.savings),
        "",
        ...egressLines(advice, found.settings.network.egress),
        "",
        heading("Prices"),
        ...sourceLines(used),
        heading("Left out"),
        ...LEFT_OUT.map(line => `  ${line}`),
    ].join("\n");
    const json = { stack, ...section.json, ...advice, leftOut: LEFT_OUT };
    return { text, json, exceedsBudget: section.exceedsBudget };
}

function print({ text, json }: { readonly text: string; readonly json: unknown }, asJson = false): void {
    process.stdout.write(`${asJson ? JSON.stringify(json, null, 2) : text}\n`);
}

void runCommand(command);
