import { Command } from "commander";
import { runCommand } from "./command";
import { inventory } from "./inventory";
import { planOf } from "./plan/plan";
import { describePlan } from "./plan/text";

const command = new Command("plan")
    .description("Show what `pulumi up` would create for a stack, without network, account, Docker or Pulumi CLI.")
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .action(async (stack: string, { json }: { json?: boolean }) => {
        const plan = planOf(await inventory(stack));
        process.stdout.write(`${json ? JSON.stringify(plan, null, 2) : describePlan(plan)}\n`);
    });

void runCommand(command);
