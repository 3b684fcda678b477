import { readFileSync } from "node:fs";
import { Images } from "../../model/image-reference";
import { Preview, parsePreview, resourcesBefore } from "../deployed/preview";
import { today } from "../cli/command";
import { startProgress } from "../cli/progress";
import { StackFiles } from "../cli/stack-files";
import { UserError } from "../cli/user-error";
import { costChange } from "../cost/change";
import { previewJson } from "../deployed/engine";
import type { Place } from "../deployed/stack";
import { withDeployedImages } from "../deployed/images";
import { inventory } from "../inventory/inventory";
import { Section, plainSection } from "../inventory/section";
import { findBuilds, withNewBuilds } from "./builds";
import { Review, review, unacknowledged } from "./changes";
import { Judged, declaredElsewhere, judgedOf } from "./judged";
import { Loss } from "./loss";
import { loosenedSection } from "./loosened";
import { overriddenSection } from "./overridden";
import { policySection } from "../policy/section";

/** A change explained, with all that others have to say about it. */
export interface Reviewed {
    readonly review: Review;
    readonly sections: readonly Section[];
    /** Losses that nobody has acknowledged. */
    readonly open: readonly Loss[];
    /** Whether somebody has to decide before this may be deployed. */
    readonly blocks: boolean;
}

export interface ReviewOptions {
    /** Images of services that are about to change. */
    readonly images?: Images;
    /** Instead of the images that run, those that CI deploys from these sources. */
    readonly withBuilds?: boolean;
    /** URNs of losses that somebody acknowledged. */
    readonly allow?: readonly string[];
    /** Whether services are about to move without their releases. */
    readonly skipsReleases?: boolean;
    /** Asks AWS first what exists. */
    readonly refresh?: boolean;
    /** Folder of a project that is judged by this one's tools, and against this one's stack files. */
    readonly change?: string;
}

/** Previews a stack with the images that run, or with the wanted ones, and explains the result. */
export async function reviewStack(place: Place, options: ReviewOptions): Promise<Reviewed> {
    const { images, withBuilds = false, refresh, skipsReleases = false } = options;
    const progress = startProgress(`preview ${place.stack}`);
    try {
        progress.now(() => "reading what runs");
        const builds = withBuilds ? await findBuilds(place) : undefined;
        const asked = (configFile?: string) => {
            progress.now(() => "asking the engine");
            return previewJson(place, { configFile, refresh });
        };
        const json = await withDeployedImages(place, { ...builds?.images, ...images }, asked, skipsReleases);
        const preview = withNewBuilds(parse(json, "the preview"), builds?.newTags ?? {});
        return await explain(preview, "the preview", place.files, options);
    } finally {
        progress.end();
    }
}

/** Explains a preview that was saved before. */
export async function reviewFile(
    file: string,
    files: StackFiles,
    options: Pick<ReviewOptions, "allow" | "change">,
): Promise<Reviewed> {
    let json: unknown;
    try {
        json = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw notAPreview(file, error);
    }
    const preview = parse(json, file);
    // Nobody knows how it ended: with errors in it, it may lack steps.
    if (preview.errors.length > 0) throw new UserError(preview.errors.join("\n"));
    return explain(preview, file, files, options);
}

async function explain(
    preview: Preview,
    where: string,
    files: StackFiles,
    { allow = [], change, skipsReleases = false }: Pick<ReviewOptions, "allow" | "change" | "skipsReleases">,
): Promise<Reviewed> {
    if (preview.stack !== files.stack) throw new UserError(`${where} is of the stack ${preview.stack}, not of ${files.stack}`);
    const declared = change === undefined ? await inventory(files.stack, files) : await declaredElsewhere(change, files);
    const found = skipsReleases || declared.settings.releases === "skip" ? withoutReleases(reviewOf(preview)) : reviewOf(preview);
    const judged = change === undefined ? undefined : judgedOf(change, files.stack);
    const sections = [
        judged && loosenedSection(judged.before, judged.after),
        overriddenSection(declared.resources),
        costChange(resourcesBefore(preview), declared),
        plainSection(policySection(declared, today(), judged && exceptionsBefore(judged))),
    ].filter(section => section !== undefined);
    const open = unacknowledged(found, allow);
    return { review: found, sections, open, blocks: open.length > 0 || sections.some(({ blocks }) => blocks) };
}

function withoutReleases(found: Review): Review {
    return { ...found, services: found.services.map(({ release: _, ...service }) => service) };
}

/** To a stack that is new, every exception is. */
function exceptionsBefore({ before }: Judged) {
    return before?.settings.policyExceptions ?? [];
}

function parse(json: unknown, where: string): Preview {
    try {
        return parsePreview(json);
    } catch (error) {
        throw notAPreview(where, error);
    }
}

function reviewOf(preview: Preview): Review {
    try {
        return review(preview);
    } catch (error) {
        throw notAPreview("the preview", error);
    }
}

function notAPreview(where: string, error: unknown): UserError {
    const reason = error instanceof Error ? error.message : String(error);
    return new UserError(`${where} cannot be explained: ${reason}. Allowed: what pulumi preview --json --show-sames prints.`);
}
