import { Command } from "commander";
import type { Images } from "../../model/image-reference";
import { Answer, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, imagesOption } from "../cli/options";
import { outputWidth } from "../cli/terminal";
import { openPlace } from "../deployed/stack";
import { Section, sectionText } from "../inventory/section";
import { preflight } from "./run";
import { preflightSection } from "./section";

interface Options extends SandboxOptions {
    readonly json?: boolean;
    readonly images?: Images;
}

export const command = new Command("preflight")
    .description(
        "Ask AWS, before an update does, what would stop it: account, images, secrets, network, quotas and names. Reads alone. Ends with 1 when something would.",
    )
    .argument("<stack>", "name of the stack")
    .option("--images <json>", "images that are about to be deployed, by service. Default: the ones that run", imagesOption)
    .option("--json", "the same as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `${exitCodes()} A warning is no failure.\n\nExample: npm run preflight -- prod`)
    .showSuggestionAfterError()
    .action(async (stack: string, { json, images, ...where }: Options) => {
        const place = await openPlace(stack, where);
        print(answer(preflightSection(stack, await preflight(place, images), outputWidth())), json);
    });

function answer(section: Section): Answer {
    return { text: sectionText(section), data: section.json, exitCode: section.blocks ? 1 : 0 };
}

if (require.main === module) void runCommand(command);
