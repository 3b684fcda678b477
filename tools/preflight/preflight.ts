import { Command, Option } from "commander";
import type { Images } from "../../model/image-reference";
import { Answer, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, imagesOption, userPath } from "../cli/options";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { outputWidth } from "../cli/terminal";
import { Place, openPlace, openPlaceOf } from "../deployed/stack";
import { Section, sectionText } from "../inventory/section";
import { preflight } from "./run";
import { preflightSection } from "./section";

interface Options extends SandboxOptions {
    readonly json?: boolean;
    readonly images?: Images;
    readonly change?: string;
}

export const command = new Command("preflight")
    .description(
        "Ask AWS, before an update does, what would stop it: account, images, secrets, network, quotas and names. Reads alone. Ends with 1 when something would.",
    )
    .argument("<stack>", "name of the stack")
    .option("--images <json>", "images that are about to be deployed, by service. Default: the ones that run", imagesOption)
    .option("--json", "the same as data")
    .addOption(
        new Option("--change <folder>", "the stack as the project there has it, by this one's tools")
            .argParser(userPath)
            .conflicts(["sandbox", "sandboxFolder"]),
    )
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run preflight -- prod\n${exitCodes()} A warning is no failure.`)
    .showSuggestionAfterError()
    .action(async (stack: string, { json, images, change, ...where }: Options) => {
        if (change !== undefined && !stackNames(change).includes(stack)) return print(takenAway(stack), json);
        const place = change === undefined ? await openPlace(stack, where) : await placeOf(change, stack);
        print(answer(preflightSection(stack, await preflight(place, images), outputWidth())), json);
    });

/** What the stack's file there names is relative to that folder. */
function placeOf(folder: string, stack: string): Promise<Place> {
    return openPlaceOf({ ...readStackFiles(folder, stack), root: folder }, folder);
}

function takenAway(stack: string): Answer {
    return { text: `The change has no stack ${stack}: nothing to ask.`, data: { stack, findings: [] }, exitCode: 0 };
}

function answer(section: Section): Answer {
    return { text: sectionText(section), data: section.json, exitCode: section.blocks ? 1 : 0 };
}

if (require.main === module) void runCommand(command);
