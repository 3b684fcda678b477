import { Command } from "commander";
import { ExitCode, runCommand } from "./command";
import { update } from "./delivery/deploy";
import { imagesOption } from "./delivery/options";
import { SANDBOX_OPTION, openPlace } from "./delivery/place";
import type { Images } from "./deployed-images";

const command = new Command("up")
    .description("`pulumi up` with the images that the stack runs, so that it undoes no promotion. Further options are Pulumi's.")
    .argument("<stack>", "name of the stack")
    .option("--images <json>", "images to deploy, by service", imagesOption)
    .option(...SANDBOX_OPTION)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (stack: string, { images, sandbox }: { images?: Images; sandbox?: string | true }) => {
        const code = await update(await openPlace(stack, sandbox), images, command.args.slice(1));
        if (code !== 0) throw new ExitCode(code);
    });

void runCommand(command);
