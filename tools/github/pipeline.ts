import { Command, Option } from "commander";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { exitCodes, runCommand } from "../cli/command";
import { githubFrom } from "./api";
import { acknowledgedFor, acknowledgedIn } from "./pipeline-acknowledged";
import { imageBuilds } from "./image-builds";
import { builtImages, servicesIn } from "./built-images";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { say, tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";

export const command = new Command("pipeline")
    .description("What the jobs of a workflow hand to each other, as one line of JSON.")
    .addHelpText("afterAll", exitCodes())
    .showSuggestionAfterError();

command
    .command("stacks")
    .description("the stacks that have a file")
    .option("--change <folder>", "those too that have a file in this folder, the project as a pull request would make it")
    .action(({ change }: { change?: string }) => print(stacks(PROJECT_FOLDER, ...(change === undefined ? [] : [change]))));

command
    .command("builds")
    .description("the images that the stacks ask for, each built once for all of them")
    .action(() => {
        const settings = stacks().map(stack => {
            const files = readStackFiles(PROJECT_FOLDER, stack);
            return settingsOf(files.config, files);
        });
        print(imageBuilds(settings));
    });

command
    .command("images")
    .description("in a workflow: the images that this run's build jobs pushed, by digest")
    .argument("<builds>", "what `pipeline builds` printed")
    .action(async (builds: string) => print(await builtImages(githubFrom(), servicesIn(builds))));

command
    .command("acknowledged")
    .description("the URNs whose loss a pull request acknowledges, by lines of its description: Allow loss: urn:pulumi:…")
    .addOption(new Option("--description <text>", "the description").conflicts("commit"))
    .option("--commit <sha>", "in a workflow: of the pull request that brought this commit")
    .option("--branch <name>", "the branch that it brought it to", "main")
    .action(async ({ description = "", commit, branch }: { description?: string; commit?: string; branch: string }) => {
        const { urns, leftOut } =
            commit === undefined ? acknowledgedIn(description) : await acknowledgedFor(githubFrom(), commit, branch);
        for (const line of leftOut) tell(line);
        print(urns);
    });

/**
 * Their names stand in commands and in names of files.
 *
 * @throws UserError for one that the Pulumi CLI would not take either, and where there is none: a matrix of no jobs would end well
 */
function stacks(...folders: readonly string[]): string[] {
    const names = [...new Set((folders.length === 0 ? [PROJECT_FOLDER] : folders).flatMap(stackNames))].sort();
    if (names.length === 0) throw new UserError("No stack has a file. Next: write Pulumi.<stack>.yaml, as README.md shows.");
    const wrong = names.filter(name => !STACK_NAME.test(name));
    if (wrong.length === 0) return names;
    throw new UserError(
        `Not the name of a stack: ${wrong.map(name => JSON.stringify(name)).join(", ")}. Allowed: a letter, digit or underscore, then also dots and hyphens. Next: rename Pulumi.<stack>.yaml.`,
    );
}

/** One that began with a hyphen would be an option. */
const STACK_NAME = /^\w[\w.-]{0,99}$/;

function print(value: unknown): void {
    say(JSON.stringify(value), Infinity);
}

if (require.main === module) void runCommand(command);
