import { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { sectionText } from "../inventory/section";
import { Answer, exitCodes, print, runCommand, today } from "../cli/command";
import { StackFiles, readStackFiles } from "../cli/stack-files";
import { outputWidth } from "../cli/terminal";
import { comparison } from "./comparison";
import { costReport } from "./report";

/** The expected level is above `fargate:budget.monthlyUsd`, or nobody can tell. */
const BUDGET_FAILS = 2;

interface Options {
    readonly json?: boolean;
    readonly compare?: string;
}

export const command = new Command("cost")
    .description(
        "What a stack costs a month by AWS's list prices, before anything exists. Without network, account, Docker or Pulumi CLI. Ends with 2 above the budget, or where nobody can tell; with --compare it only compares.",
    )
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .option("--compare <stack>", "the difference to another stack instead")
    .addHelpText("after", exitCodes({ [BUDGET_FAILS]: "above the budget or nobody can tell; not with --compare" }))
    .showSuggestionAfterError()
    .action(async (stack: string, { json, compare }: Options) => {
        const files = readStackFiles(PROJECT_FOLDER, stack);
        const other = compare === undefined ? undefined : readStackFiles(PROJECT_FOLDER, compare);
        print(await (other === undefined ? cost(files, today(), outputWidth()) : difference(files, other, outputWidth())), json);
    });

/** @param today YYYY-MM-DD, for exceptions from policy rules that end. @param width of the terminal, in columns */
export async function cost(files: StackFiles, today: string, width?: number): Promise<Answer> {
    const report = await costReport(files, today, width);
    return { text: sectionText(report), data: report.json, exitCode: report.blocks ? BUDGET_FAILS : 0 };
}

async function difference(files: StackFiles, other: StackFiles, width: number): Promise<Answer> {
    const { text, json: data } = await comparison(files, other, width);
    return { text, data, exitCode: 0 };
}

if (require.main === module) void runCommand(command);
