import type { Images } from "../../model/image-reference";
import { settingsOf } from "../../settings";
import { UserError } from "../cli/user-error";
import { exportState } from "../deployed/engine";
import { chooseImages, deployedIn, resourcesOf } from "../deployed/images";
import type { Place } from "../deployed/stack";
import { Graph } from "../inventory/graph";
import { inventory } from "../inventory/inventory";
import type { Check, Finding, Subject } from "./check";
import { CHECKS } from "./checks";
import { clientsOf, once } from "./clients";
import { findingOf } from "./obstacle";

/** A finding with the check that has it. */
export interface Told extends Finding {
    readonly check: string;
}

/** All checks together: with what comes before them, less than 15 s. */
const SECONDS = 10;

/** A state of no stack: its first update makes one. */
const NO_STATE = { deployment: { resources: [] } };

/**
 * Runs all checks at once. What they throw is theirs to tell and never this function's.
 *
 * @param images that the update is told, by service
 */
export async function preflight(place: Place, images?: Images, checks: readonly Check[] = CHECKS): Promise<readonly Told[]> {
    const { files, stack } = place;
    const settings = settingsOf(files.config, files);
    const { resources } = await inventory(stack, files);
    const signal = AbortSignal.timeout(SECONDS * 1000);
    const state = once(() => stateOf(place));
    const subject: Subject = {
        settings,
        declared: new Graph(resources),
        aws: clientsOf(settings.aws, signal),
        own: async () => resourcesOf(await state()),
        images: async () => chooseImages(settings, files, deployedIn(await state()), images).images,
        signal,
    };
    return runChecks(checks, subject, place.isSandbox === true || isEmulated());
}

/** @param isEmulated whether an emulator stands for AWS */
export async function runChecks(checks: readonly Check[], subject: Subject, isEmulated: boolean): Promise<readonly Told[]> {
    const all = checks.map(async check => {
        const findings = await findingsOf(check, subject, isEmulated);
        return findings.map(finding => ({ check: check.name, ...finding }));
    });
    return (await Promise.all(all)).flat();
}

async function findingsOf(check: Check, subject: Subject, isEmulated: boolean): Promise<readonly Finding[]> {
    if (isEmulated && check.notEmulated !== undefined) return [{ status: "skipped", found: check.notEmulated }];
    const { signal, aws } = subject;
    try {
        return await Promise.race([check.run(subject), ended(signal)]);
    } catch (error) {
        return [findingOf(error, signal, await aws.obstacle().catch(() => undefined))];
    }
}

/** Fails when the time is over. */
function ended(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("out of time"))));
}

async function stateOf(place: Place): Promise<unknown> {
    try {
        return await exportState(place);
    } catch (error) {
        if (error instanceof UserError && error.message.includes("no stack named")) return NO_STATE;
        throw error;
    }
}

/** By the environment, as the SDK reads it. */
function isEmulated(): boolean {
    return process.env["AWS_ENDPOINT_URL"] !== undefined;
}
