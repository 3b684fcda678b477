import { existsSync } from "node:fs";
import * as path from "node:path";
import { Command, Option } from "commander";
import type { Images } from "../../model/image-reference";
import { PROJECT_FOLDER } from "../../settings";
import { Answer, NEEDS_A_DECISION, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, imagesOption, repeated, userPath } from "../cli/options";
import { readStackFiles } from "../cli/stack-files";
import { openPlace, openPlaceOf } from "../deployed/stack";
import { filesIn } from "./judged";
import { code } from "../github/markdown-write";
import { reviewMarkdown } from "./markdown";
import { Reviewed, reviewFile, reviewStack } from "./run";
import { reviewText } from "./text";

interface Options extends SandboxOptions {
    readonly markdown?: boolean;
    readonly json?: boolean;
    readonly preview?: string;
    readonly allow: readonly string[];
    readonly images?: Images;
    readonly withBuilds?: boolean;
    readonly refresh?: boolean;
    readonly change?: string;
}

export const command = new Command("review")
    .description(
        "Explain what an update of a stack would change: what restarts and why, what is lost, what it costs. Ends with 2 when somebody has to decide.",
    )
    .argument("<stack>", "name of the stack")
    .addHelpText("after", exitCodes({ [NEEDS_A_DECISION]: "somebody has to decide first" }))
    .option("--markdown", "as a part of a pull request's comment")
    .option("--json", "the same as data")
    .option("--preview <file>", "explain a preview saved from `pulumi preview --json --show-sames`", userPath)
    .addOption(repeated("--allow <urn>", "acknowledge that this resource is lost"))
    .option("--images <json>", "images that are about to be deployed, by service. Default: the ones that run", imagesOption)
    .option("--with-builds", "with the images that CI deploys from these sources, instead of the ones that run")
    .option("--refresh", "ask AWS first what exists: the explanation is then of what differs from it")
    .addOption(
        new Option("--change <folder>", "judge the project there by this one's tools, against its files")
            .argParser(userPath)
            .conflicts(["sandbox", "sandboxFolder"]),
    )
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .showSuggestionAfterError()
    .action(async (stack: string, options: Options) => {
        const { change } = options;
        if (change !== undefined && isTakenAway(change, stack)) return print(takenAway(stack), options.json);
        const files = change === undefined ? readStackFiles(PROJECT_FOLDER, stack) : filesIn(change, stack);
        const place = () => (change === undefined ? openPlace(stack, options) : openPlaceOf(files, change));
        const reviewed =
            options.preview === undefined
                ? await reviewStack(await place(), options)
                : await reviewFile(options.preview, files, options);
        print(answer(reviewed, options), options.json);
    });

/** A change that takes a stack's file away takes its gates away. */
function isTakenAway(folder: string, stack: string): boolean {
    const name = `Pulumi.${stack}.yaml`;
    return existsSync(path.join(PROJECT_FOLDER, name)) && !existsSync(path.join(folder, name));
}

function takenAway(stack: string): Answer {
    const what = `The change takes \`Pulumi.${stack}.yaml\` away: no gate judges this stack any more, and what it is made of stays in AWS.`;
    return { text: `## ${code(stack)}\n\n**${what}**`, data: { stack, loosened: [what] }, exitCode: 0 };
}

function answer({ review, sections, open, blocks }: Reviewed, { markdown, allow }: Options): Answer {
    const comment = reviewMarkdown(review, sections, allow);
    return {
        text: markdown ? comment : reviewText(review, sections, allow),
        data: { ...review, sections, unacknowledged: open.map(({ urn }) => urn), blocks, markdown: comment },
        exitCode: blocks ? NEEDS_A_DECISION : 0,
        isVerbatim: markdown,
    };
}

if (require.main === module) void runCommand(command);
