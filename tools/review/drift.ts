import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { ExitCode, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, stackList, userPath } from "../cli/options";
import { say } from "../cli/terminal";
import { Place, openPlace } from "../deployed/stack";
import { githubFrom } from "../github/api";
import { DriftFinding, reportDrift } from "../github/drift-issue";
import type { Review } from "./changes";
import { reviewMarkdown } from "./markdown";
import { reviewStack } from "./run";

/** A stack differs, as of a review that needs a decision. */
const DIFFERS = 2;

interface CheckOptions extends SandboxOptions {
    readonly write?: string;
}

export const command = new Command("drift")
    .description("Does AWS still have what main and the last deployment say?")
    .addHelpText("afterAll", exitCodes({ [DIFFERS]: "the stack differs (check, without --write)" }))
    .showSuggestionAfterError();

command
    .command("check")
    .description("compare a stack with what AWS has, with the images that run. Ends with 2 when it differs")
    .argument("<stack>", "name of the stack")
    .option("--write <file>", "write what was found there, for `drift report`, and end with 0", userPath)
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .action(async (stack: string, { write, ...where }: CheckOptions) => {
        const finding = await checkDrift(await openPlace(stack, where));
        say(finding.differs ? finding.markdown : `${stack}: no drift`);
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
        say(line);
    });

if (require.main === module) void runCommand(command);

/**
 * What the next update would change back, because AWS has something else. A commit that waits for its deployment is no drift: resources that an
 * update would change in any case are found by a second preview, which does not ask AWS. Drift of such a resource is told once that is deployed.
 */
export async function checkDrift(place: Place): Promise<DriftFinding> {
    const { stack } = place;
    const none = { stack, differs: false, markdown: "" };
    const { review: withAws } = await reviewStack(place, { refresh: true });
    if (!withAws.differs) return none;

    const { review: without } = await reviewStack(place, {});
    const pending = operations(without);
    if (operations(withAws).every(operation => pending.includes(operation))) return none;
    const markdown = reviewMarkdown(withAws, [], []);
    const note = "Some of this is no drift: the stack waits for a deployment of what main says.";
    return { stack, differs: true, markdown: without.differs ? `${markdown}\n\n${note}` : markdown };
}

function operations({ changes, losses, tags }: Review): string[] {
    const ofResources = [...changes, ...losses].map(({ op, type, name }) => `${op} ${type} ${name}`);
    return tags === undefined ? ofResources : [...ofResources, `tags of ${tags.resources}`];
}
