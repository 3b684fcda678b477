import { Command } from "commander";
import { clientsFor } from "../../lookups/aws-clients";
import { startAgain } from "../../lookups/rollout-again";
import type { Images } from "../../model/image-reference";
import { revisionOf } from "../../model/rollout-state";
import { ExitCode, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions, imagesOption } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { settingsIn } from "../deployed/images";
import { deployedRollouts } from "../deployed/rollouts";
import { Place, openPlace } from "../deployed/stack";
import { update } from "./deploy";
import { requirePreflight } from "./preflight-first";

interface Options extends SandboxOptions {
    readonly images?: Images;
    readonly retry?: boolean;
    readonly skipPreflight?: boolean;
}

export const command = new Command("up")
    .description("`pulumi up` with the images that the stack runs, so that it undoes no promotion. Further options are Pulumi's.")
    .argument("<stack>", "name of the stack")
    .addHelpText("after", `${exitCodes()} Others are those of pulumi up.`)
    .option("--images <json>", "images to deploy, by service", imagesOption)
    .option("--retry", "first start every rollout that failed, or does not end, once more, unchanged")
    .option("--skip-preflight", "without asking AWS first what would stop it")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (stack: string, { images, retry, skipPreflight, ...where }: Options) => {
        if (retry && images !== undefined)
            throw new UserError(
                "--retry starts what the last update declared, and --images declares something else. Allowed: one of them",
            );
        const place = await openPlace(stack, where);
        if (!skipPreflight) await requirePreflight(place, images, `npm run up -- ${stack}`);
        if (retry) await startAllAgain(place);
        const code = await update(place, images, command.args.slice(1));
        if (code !== 0) throw new ExitCode(code);
    });

/** ECS is told directly: to the engine nothing differs. The update that follows waits for these rollouts as for its own. */
async function startAllAgain(place: Place): Promise<void> {
    const clients = await clientsFor(settingsIn(place).aws);
    for (const { service, rollout, isTold } of await deployedRollouts(place)) {
        if (rollout === undefined) continue;
        const revision = revisionOf(rollout.taskDefinition);
        if (!isTold) {
            tell(`${service.name}: its last update never got to ${revision}, and this one goes there.`);
            continue;
        }
        const isStarted = await startAgain(clients, rollout);
        tell(
            isStarted
                ? `${service.name}: started ${revision} once more.`
                : `${service.name} runs ${revision}: nothing to start again.`,
        );
    }
}

if (require.main === module) void runCommand(command);
