import { Command } from "commander";
import { runCommand } from "../cli/command";
import { SANDBOX_OPTION, collected } from "../cli/options";
import { deployImages } from "./deploy";
import { openPlace } from "../deployed/stack";
import { deployedImages, settingsIn } from "../deployed/images";
import { requireRunning } from "../deployed/rollouts";
import { ownRepositories, promotable } from "./promote-images";
import { tell } from "../cli/output";

interface Options {
    readonly yes?: boolean;
    readonly service: readonly string[];
    readonly allow: readonly string[];
    readonly sandbox?: string | true;
}

export const command = new Command("promote")
    .description(
        "Let a stack run the images that another one runs: the same digests, and only where ECS says that it runs them. Shows the review first, and asks.",
    )
    .argument("<from>", "stack whose images are taken")
    .argument("<to>", "stack that gets them")
    .option("--service <name>", "only this service; may be given several times", collected, [])
    .option("--allow <urn>", "acknowledge that this resource is lost; may be given several times", collected, [])
    .option("--yes", "do not ask")
    .option(...SANDBOX_OPTION)
    .showSuggestionAfterError()
    .action(async (from: string, to: string, { service, sandbox, ...options }: Options) => {
        const origin = await openPlace(from, sandbox);
        const source = { stack: from, ...(await deployedImages(origin)) };
        const target = await openPlace(to, sandbox);
        const images = promotable(source, settingsIn(target), service);
        // What dev was told to run and does not run has proved nothing.
        await requireRunning(
            origin,
            `${from} does not run what its last update declared, so nothing is promoted.`,
            tell,
            Object.keys(images),
        );
        for (const warning of ownRepositories(source, images)) tell(warning);
        await deployImages(target, images, options);
    });

if (require.main === module) void runCommand(command);
