import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { ExitCode, runCommand } from "./cli/command";
import { SANDBOX_OPTION, stackList } from "./cli/options";
import { openPlace } from "./delivery/place";
import { checkDrift } from "./drift-check";
import { reportDrift } from "./drift-issue";
import { githubFrom } from "./github";

/** A stack differs, as of a review that needs a decision. */
const DIFFERS = 2;

interface CheckOptions {
    readonly write?: string;
    readonly sandbox?: string | true;
}

const command = new Command("drift")
    .description("Does AWS still have what main and the last deployment say?")
    .showSuggestionAfterError();

command
    .command("check")
    .description("compare a stack with what AWS has, with the images that run. Ends with 2 when it differs")
    .argument("<stack>", "name of the stack")
    .option("--write <file>", "write what was found there, for `drift report`, and end with 0")
    .option(...SANDBOX_OPTION)
    .action(async (stack: string, { write, sandbox }: CheckOptions) => {
        const finding = await checkDrift(await openPlace(stack, sandbox));
        process.stdout.write(`${finding.differs ? finding.markdown : `${stack}: no drift`}\n`);
        if (write !== undefined) writeFileSync(write, JSON.stringify(finding));
        else if (finding.differs) throw new ExitCode(DIFFERS);
    });

command
    .command("report")
    .description(
        "in a workflow: open, update or close the one issue about drift, by what this run's jobs uploaded (drift-<stack>.json)",
    )
    .requiredOption("--stacks <json>", 'the stacks in order, such as ["dev","prod"]', stackList)
    .action(async ({ stacks }: { stacks: readonly string[] }) => {
        const { line } = await reportDrift(githubFrom(), stacks);
        process.stdout.write(`${line}\n`);
    });

void runCommand(command);
