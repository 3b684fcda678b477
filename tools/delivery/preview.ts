import { Command } from "commander";
import { Images } from "../../model/image-reference";
import { ExitCode, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, imagesOption } from "../cli/options";
import { passThrough } from "../deployed/engine";
import { openPlace } from "../deployed/stack";
import { withDeployedImages } from "../deployed/images";

interface Options extends SandboxOptions {
    readonly images?: Images;
}

export const command = new Command("preview")
    .description(
        "`pulumi preview` with the images that the stack runs, so that it shows no promotion as a change. Further options are Pulumi's.",
    )
    .argument("<stack>", "name of the stack")
    .addHelpText("after", `${exitCodes()} Others are those of pulumi preview.`)
    .option("--images <json>", "images that are about to be deployed, by service", imagesOption)
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (stack: string, { images, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const code = await withDeployedImages(place, images, configFile =>
            passThrough(place, ["preview", ...command.args.slice(1)], configFile),
        );
        if (code !== 0) throw new ExitCode(code);
    });

if (require.main === module) void runCommand(command);
