import { Command } from "commander";
import { NEEDS_A_DECISION, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, repeated } from "../cli/options";
import { tell } from "../cli/terminal";
import { deployImages } from "./deploy";
import { openPlace } from "../deployed/stack";
import { deployedImages, settingsIn } from "../deployed/images";
import { requireRunning } from "../deployed/rollouts";
import { scan } from "../preflight/checks/scan";
import { requirePreflight } from "./preflight-first";
import { ownRepositories, promotable } from "./promote-images";

interface Options extends SandboxOptions {
    readonly yes?: boolean;
    readonly skipPreflight?: boolean;
    readonly service: readonly string[];
    readonly allow: readonly string[];
}

export const command = new Command("promote")
    .description(
        "Let a stack run the images that another one runs: the same digests, and only where ECS says that it runs them. Shows the review first, and asks.",
    )
    .argument("<from>", "stack whose images are taken")
    .argument("<to>", "stack that gets them")
    .addHelpText("after", exitCodes({ [NEEDS_A_DECISION]: "somebody has to decide first; otherwise as pulumi up ends" }))
    .addOption(repeated("--service <name>", "only this service"))
    .addOption(repeated("--allow <urn>", "acknowledge that this resource is lost"))
    .option("--yes", "do not ask")
    .option("--skip-preflight", "without asking AWS first what scans of the images found, where imageScan says that it stops")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .showSuggestionAfterError()
    .action(async (from: string, to: string, { service, skipPreflight, ...options }: Options) => {
        const origin = await openPlace(from, options);
        const source = { stack: from, ...(await deployedImages(origin)) };
        const target = await openPlace(to, options);
        const images = promotable(source, settingsIn(target), service);
        // What dev was told to run and does not run has proved nothing.
        await requireRunning(
            origin,
            `${from} does not run what its last update declared, so nothing is promoted.`,
            tell,
            Object.keys(images),
        );
        for (const warning of ownRepositories(source, images)) tell(warning);
        // All else is as it was at the target's last update, and the image is what a promotion brings.
        if (!skipPreflight && settingsIn(target).imageScan !== undefined)
            await requirePreflight(target, images, `npm run promote -- ${from} ${to}`, [scan]);
        await deployImages(target, images, options);
    });

if (require.main === module) void runCommand(command);
