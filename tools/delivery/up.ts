import { Command } from "commander";
import type { Images } from "../../model/image-reference";
import { ExitCode, runCommand } from "../cli/command";
import { SANDBOX_OPTION, imagesOption } from "../cli/options";
import { update } from "./deploy";
import { openPlace } from "../deployed/stack";

export const command = new Command("up")
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

if (require.main === module) void runCommand(command);
