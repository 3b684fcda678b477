import type { Images } from "../../model/image-reference";
import { tell, widthOf } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import type { Place } from "../deployed/stack";
import { sectionText } from "../inventory/section";
import type { Check } from "../preflight/check";
import { Told, preflight } from "../preflight/run";
import { preflightSection } from "../preflight/section";

/**
 * Stops for what would stop the engine, and tells what may. A preflight that cannot be made stops nothing: the engine says why.
 *
 * @param again the command that asks
 */
export async function requirePreflight(
    place: Place,
    images: Images | undefined,
    again: string,
    checks?: readonly Check[],
): Promise<void> {
    let told: readonly Told[];
    try {
        told = await preflight(place, images, checks);
    } catch (error) {
        return tell(`Preflight could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
    const section = preflightSection(
        place.stack,
        told.filter(({ status }) => status !== "ok"),
        widthOf(process.stderr),
    );
    tell(sectionText(section));
    if (section.blocks)
        throw new UserError(
            `Nothing was changed. Next: the fix that each failure names. Where it is no failure of yours: ${again} --skip-preflight`,
        );
}
