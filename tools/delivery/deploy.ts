import { Images } from "../../model/image-reference";
import { ExitCode, NEEDS_A_DECISION } from "../cli/command";
import { confirm } from "../cli/confirm";
import { say, tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { settingsIn, withDeployedImages } from "../deployed/images";
import { reviewStack } from "../review/run";
import { reviewText } from "../review/text";
import { allowOption } from "../review/words";
import { Ecr } from "../deployed/aws/ecr";
import { passThrough } from "../deployed/engine";
import { requireRunning } from "../deployed/rollouts";
import type { Place } from "../deployed/stack";

export interface DeployOptions {
    /** Updates without asking. */
    readonly yes?: boolean;
    /** URNs of losses that somebody acknowledged. */
    readonly allow: readonly string[];
    /** Whether services move without their releases. */
    readonly skipsReleases?: boolean;
}

/**
 * Updates a stack to these images: refuses those that do not exist, shows the review, asks, and runs `pulumi up`.
 *
 * @param images by service; all others keep what they run
 */
export async function deployImages(
    place: Place,
    images: Images,
    { yes = false, allow, skipsReleases }: DeployOptions,
): Promise<void> {
    await requireImages(place, images);
    const { review, sections, open } = await reviewStack(place, { images, allow, skipsReleases });
    say(`${reviewText(review, sections, allow)}\n`);
    if (!review.differs) {
        await requireRunning(place, `${place.stack} was told to run this already, and does not.`, say);
        return say(`${place.stack} runs this already: nothing to do.`);
    }
    // Cost and policy are shown and do not stop it: a way back must stay open, and a pull request is where they were decided.
    if (open.length > 0) {
        tell(`Refused: something would be lost for good. To acknowledge it: ${open.map(allowOption).join(" ")}`);
        throw new ExitCode(NEEDS_A_DECISION);
    }
    if (!yes && !(await confirm(`Update ${place.stack}?`))) return say("Nothing was changed.");
    const code = await update(place, images, ["--yes", "--skip-preview"], skipsReleases);
    if (code !== 0) throw new ExitCode(code);
}

/** Runs `pulumi up` with these images, and with the ones that run for every other service. @returns its exit code */
export async function update(
    place: Place,
    images: Images | undefined,
    args: readonly string[],
    skipsReleases?: boolean,
): Promise<number> {
    return withDeployedImages(place, images, configFile => passThrough(place, ["up", ...args], configFile), skipsReleases);
}

async function requireImages(place: Place, images: Images): Promise<void> {
    const ecr = new Ecr(settingsIn(place));
    const missing: string[] = [];
    for (const [service, reference] of Object.entries(images))
        if (!(await ecr.has(reference))) missing.push(`${service}: ${reference}`);
    if (missing.length > 0)
        throw new UserError(
            `Not in ECR any more, or never: ${missing.join(", ")}. Nothing was changed. Next: npm run rollback -- ${place.stack} lists what is there.`,
        );
}
