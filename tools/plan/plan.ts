import { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { Answer, exitCodes, print, runCommand, today } from "../cli/command";
import { StackFiles, readStackFiles } from "../cli/stack-files";
import { outputWidth } from "../cli/terminal";
import { planReport } from "./report";

/** The budget is exceeded or nobody can tell, or a policy rule blocks. */
const REFUSED = 2;

export const command = new Command("plan")
    .description("Show what `pulumi up` would create for a stack, without network, account, Docker or Pulumi CLI.")
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .addHelpText("after", exitCodes({ [REFUSED]: "above the budget or nobody can tell, or a policy rule blocks" }))
    .action(async (stack: string, { json }: { json?: boolean }) =>
        print(await plan(readStackFiles(PROJECT_FOLDER, stack), today(), outputWidth()), json),
    );

/** @param today YYYY-MM-DD, for exceptions that end. @param width of the terminal, in columns. @param now after which jobs run next */
export async function plan(files: StackFiles, today: string, width?: number, now?: Date): Promise<Answer> {
    const { text, json: data, fails } = await planReport(files.stack, today, files, width, now);
    return { text, data, exitCode: fails ? REFUSED : 0 };
}

if (require.main === module) void runCommand(command);
