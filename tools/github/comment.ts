import { Command, InvalidArgumentError } from "commander";
import { exitCodes, runCommand } from "../cli/command";
import { stackList } from "../cli/options";
import { say } from "../cli/terminal";
import { writeComment } from "./comment-write";
import { githubFrom } from "./api";

interface Options {
    readonly pullRequest: number;
    readonly stacks: readonly string[];
}

export const command = new Command("comment")
    .description(
        "In a workflow: write the reviews that this run's jobs uploaded (review-<stack>.md) as one comment, edited in place when it changes.",
    )
    .requiredOption("--pull-request <number>", "where to comment", pullRequestNumber)
    .requiredOption("--stacks <json>", 'the stacks in order, such as ["dev","prod"]', stackList)
    .addHelpText("after", exitCodes())
    .showSuggestionAfterError()
    .action(async ({ pullRequest, stacks }: Options) => {
        say(await writeComment(githubFrom(), pullRequest, stacks));
    });

function pullRequestNumber(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Allowed: the number of a pull request.");
    return Number(text);
}

if (require.main === module) void runCommand(command);
