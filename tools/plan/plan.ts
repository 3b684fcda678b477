import { Command } from "commander";
import { ExitCode, runCommand, today } from "../cli/command";
import { planReport } from "./report";

/** The budget is exceeded or nobody can tell, or a policy rule blocks. */
const REFUSED = 2;

const command = new Command("plan")
    .description("Show what `pulumi up` would create for a stack, without network, account, Docker or Pulumi CLI.")
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .action(async (stack: string, { json }: { json?: boolean }) => {
        const report = await planReport(stack, today());
        process.stdout.write(`${json ? JSON.stringify(report.json, null, 2) : report.text}\n`);
        if (report.fails) throw new ExitCode(REFUSED);
    });

void runCommand(command);
