import { Command, Option } from "commander";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { runCommand } from "../cli/command";
import { githubFrom } from "./api";
import { acknowledgedFor, acknowledgedIn } from "./pipeline-acknowledged";
import { imageBuilds } from "./image-builds";
import { builtImages, servicesIn } from "./built-images";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { say, tell } from "../cli/output";

export const command = new Command("pipeline")
    .description("What the jobs of a workflow hand to each other, as one line of JSON.")
    .showSuggestionAfterError();

command
    .command("stacks")
    .description("the stacks that have a file")
    .action(() => print(stacks()));

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
        if (commit === undefined) return print(acknowledgedIn(description));
        const { urns, leftOut } = await acknowledgedFor(githubFrom(), commit, branch);
        for (const line of leftOut) tell(line);
        print(urns);
    });

const stacks = () => stackNames(PROJECT_FOLDER).sort();

function print(value: unknown): void {
    say(JSON.stringify(value));
}

if (require.main === module) void runCommand(command);
