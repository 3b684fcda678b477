import { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { sectionText } from "../inventory/section";
import { ExitCode, runCommand, today } from "../cli/command";
import { readStackFiles } from "../cli/stack-files";
import { comparison } from "./comparison";
import { costReport } from "./report";

/** The expected level is above `fargate:budget.monthlyUsd`, or nobody can tell. */
const BUDGET_FAILS = 2;

interface Options {
    readonly json?: boolean;
    readonly compare?: string;
}

const command = new Command("cost")
    .description(
        "What a stack costs a month by AWS's list prices, before anything exists. Without network, account, Docker or Pulumi CLI. Ends with 2 above the budget, or where nobody can tell; with --compare it only compares.",
    )
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .option("--compare <stack>", "the difference to another stack instead")
    .showSuggestionAfterError()
    .action(async (stack: string, { json, compare }: Options) => {
        const filesOf = (name: string) => readStackFiles(PROJECT_FOLDER, name);
        const print = (report: { readonly text: string; readonly json: unknown }) =>
            process.stdout.write(`${json ? JSON.stringify(report.json, null, 2) : report.text}\n`);
        if (compare !== undefined) {
            print(await comparison(filesOf(stack), filesOf(compare)));
            return;
        }
        const report = await costReport(filesOf(stack), today());
        print({ text: sectionText(report), json: report.json });
        if (report.blocks) throw new ExitCode(BUDGET_FAILS);
    });

void runCommand(command);
