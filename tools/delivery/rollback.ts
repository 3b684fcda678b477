import { Command } from "commander";
import { parseImageReference } from "../../model/image-reference";
import { NEEDS_A_DECISION, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, repeated } from "../cli/options";
import { outputWidth, say } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { deployImages } from "./deploy";
import { Ecr } from "../deployed/aws/ecr";
import { openPlace } from "../deployed/stack";
import { deployedImages, imageFor, settingsIn } from "../deployed/images";
import { choiceText, earlierImage, imageList, imageOf, ownerOf } from "./rollback-images";

interface Options extends SandboxOptions {
    readonly yes?: boolean;
    readonly service?: string;
    readonly allow: readonly string[];
}

export const command = new Command("rollback")
    .description(
        "Let a service or job run an earlier image. Without a digest, lists what there is and takes the one that was pushed before. Shows the review first, and asks. Runs no release.",
    )
    .argument("<stack>", "name of the stack")
    .addHelpText("after", exitCodes({ [NEEDS_A_DECISION]: "somebody has to decide first; otherwise as pulumi up ends" }))
    .argument(
        "[digest]",
        "sha256:…, or the start of it. Default: the image pushed before the one that runs, which the stack may never have run",
    )
    .option("--service <name>", "the service or job. Default: the only service that is built")
    .addOption(repeated("--allow <urn>", "acknowledge that this resource is lost"))
    .option("--yes", "do not ask")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .showSuggestionAfterError()
    .action(async (stack: string, digest: string | undefined, { service, ...options }: Options) => {
        const place = await openPlace(stack, options);
        const name = ownerOf(settingsIn(place), service);
        const running = imageFor((await deployedImages(place)).images, name);
        if (running === undefined)
            throw new UserError(`${name} does not run in ${stack} yet, so there is nothing to go back from.`);
        const image = parseImageReference(running);
        if (image?.ecr === undefined || image.digest === undefined)
            throw new UserError(
                `${name} runs ${running}, and only ECR can be asked for earlier images. Next: write the image into Pulumi.${stack}.yaml.`,
            );

        const images = await new Ecr(settingsIn(place)).images(image.ecr);
        if (digest === undefined) say(`${imageList(image.ecr.name, images, image.digest, outputWidth())}\n`);
        const earlier = digest === undefined ? earlierImage(images, image.digest) : imageOf(image.ecr.name, images, digest);
        if (digest === undefined) say(`${choiceText(stack, earlier)}\n`);
        await deployImages(place, { [name]: `${image.repository}@${earlier.digest}` }, { ...options, skipsReleases: true });
    });

if (require.main === module) void runCommand(command);
