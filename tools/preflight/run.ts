import { setMaxListeners } from "node:events";
import type { Images } from "../../model/image-reference";
import type { StackFiles } from "../cli/stack-files";
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

/** For all questions together: with what comes before them, less than 15 s. */
const SECONDS = 10;

/** Then a check tells what it learned until then. */
const TO_TELL_MS = 500;

/** A state of no stack: its first update makes one. */
const NO_STATE = { deployment: { resources: [] } };

/**
 * Runs checks at once, all where none are chosen. What they throw is theirs to tell and never this function's.
 *
 * @param images that the update is told, by service
 */
export async function preflight(place: Place, images?: Images, checks = CHECKS): Promise<readonly Told[]> {
    const isInEmulator = place.isSandbox === true || isEmulated();
    const subject = await subjectOf(place.files, {
        state: () => stateOf(place),
        images,
        isEmulated: isInEmulator,
        seconds: SECONDS,
    });
    return runChecks(checks, subject);
}

/** What is known of a stack beside its files. */
interface Beside {
    /** As the engine exports it. */
    readonly state: () => Promise<unknown>;
    readonly images?: Images;
    readonly isEmulated: boolean;
    /** Until all is answered. */
    readonly seconds: number;
}

/** What checks look at, of the stack that these files describe. */
export async function subjectOf(files: StackFiles, { state, images, isEmulated, seconds }: Beside): Promise<Subject> {
    const { settings, resources } = await inventory(files.stack, files);
    const signal = AbortSignal.timeout(seconds * 1000);
    // One a request that is under way: Node would warn of more than ten.
    setMaxListeners(0, signal);
    const exported = once(state);
    return {
        settings,
        declared: new Graph(resources),
        aws: clientsOf(settings.aws, signal),
        own: async () => resourcesOf(await exported()),
        images: async () => chooseImages(settings, files, deployedIn(await exported()), images).images,
        isEmulated,
        signal,
    };
}

export async function runChecks(checks: readonly Check[], subject: Subject): Promise<readonly Told[]> {
    const all = checks.map(async check => {
        const findings = await findingsOf(check, subject);
        return findings.map(finding => ({ check: check.name, ...finding }));
    });
    return (await Promise.all(all)).flat();
}

async function findingsOf(check: Check, subject: Subject): Promise<readonly Finding[]> {
    if (subject.isEmulated && check.notEmulated !== undefined) return [{ status: "skipped", found: check.notEmulated }];
    const { signal, aws } = subject;
    try {
        return await Promise.race([check.run(subject), ended(signal)]);
    } catch (error) {
        return [findingOf(error, signal, await aws.obstacle().catch(() => undefined))];
    }
}

/** Fails when the time is over. */
function ended(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) =>
        signal.addEventListener("abort", () => setTimeout(() => reject(new Error("out of time")), TO_TELL_MS)),
    );
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
