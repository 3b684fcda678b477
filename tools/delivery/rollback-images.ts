import type { Settings, TaskSettings } from "../../settings";
import { UserError } from "../cli/user-error";
import type { RepositoryImage } from "../deployed/aws/ecr";
import { table } from "../cli/table";

/** Hex digits that a person types at least. */
const SHORTEST = 7;
const DIGEST = /^(?:sha256:)?([0-9a-f]{7,64})$/;

/** Rows of a list; older images are many, and can still be named. */
const LISTED = 20;

/**
 * The service or job whose image changes; a job only where it is named.
 *
 * @throws UserError where none, or more than one, can be meant
 */
export function ownerOf({ stack, services, jobs }: Pick<Settings, "stack" | "services" | "jobs">, wanted?: string): string {
    const built = (tasks: readonly TaskSettings[]) =>
        tasks.filter(({ build, of }) => build !== undefined && of === undefined).map(({ name }) => name);
    const known = [...built(services), ...built(jobs)];
    const [only, ...more] = built(services);
    const found = wanted ?? (more.length === 0 ? only : undefined);
    if (found !== undefined && known.includes(found)) return found;
    const of = [...services, ...jobs].find(({ name }) => name === wanted)?.of;
    const what =
        wanted === undefined
            ? `${stack} builds ${built(services).length} services`
            : of === undefined
              ? `${stack} builds no service or job ${wanted}`
              : `${wanted} runs the image of ${of}, and goes back with it`;
    throw new UserError(`${what}. Allowed: --service with ${known.join(" or ") || "none, since its file names every image"}`);
}

/** The one image that a digest or the start of one means. @throws UserError where there is none, or more than one */
export function imageOf(repository: string, images: readonly RepositoryImage[], wanted: string): RepositoryImage {
    const start = DIGEST.exec(wanted)?.[1];
    if (start === undefined)
        throw new UserError(
            `${wanted} is no digest. Allowed: sha256:<64 hex digits>, or the first ${SHORTEST} of them at least.`,
        );
    const found = images.filter(({ digest }) => digest.startsWith(`sha256:${start}`));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (only === undefined)
        throw new UserError(
            `${repository} has no image ${wanted}. Nothing was changed. Allowed: ${images.slice(0, 3).map(short).join(", ") || "none, the repository is empty"}${images.length > 3 ? ", …" : ""}`,
        );
    throw new UserError(
        `${wanted} means ${found.length} images of ${repository}. Allowed: more digits of one of ${found.map(({ digest }) => digest).join(", ")}`,
    );
}

/** The image that was pushed last before the one that runs. @throws UserError where there is none */
export function earlierImage(images: readonly RepositoryImage[], running: string): RepositoryImage {
    const position = images.findIndex(({ digest }) => digest === running);
    // Parts of an image have no tag.
    const earlier = position < 0 ? undefined : images.slice(position + 1).find(({ tags }) => tags.length > 0);
    if (earlier !== undefined) return earlier;
    const why =
        position < 0 ? "the image that runs is not in the repository any more" : "no image is older than the one that runs";
    throw new UserError(`There is no earlier image to choose: ${why}. Nothing was changed. Next: name a digest.`);
}

/** What was chosen without being named, and what is not known of it: repositories are shared, and no stack keeps a list of what it ran. */
export function choiceText(stack: string, { digest }: RepositoryImage): string {
    return `Chosen: ${digest}, pushed before the one that runs. Nobody knows here whether ${stack} ever ran it; to take another one, name its digest.`;
}

/** What a repository holds, newest first, with a mark at the image that runs. @param width of the terminal, in columns */
export function imageList(repository: string, images: readonly RepositoryImage[], running: string, width?: number): string {
    const shown = images.filter(({ digest, tags }) => tags.length > 0 || digest === running);
    const rows = shown
        .slice(0, LISTED)
        .map(({ digest, tags, pushedAt }) => [digest === running ? "runs" : "", digest, minutes(pushedAt), tags.join(", ")]);
    const more = shown.length > LISTED ? [`… and ${shown.length - LISTED} older ones`] : [];
    return [
        `Images in ${repository}`,
        ...table([{ title: "" }, { title: "digest", short: shortDigest }, { title: "pushed" }, { title: "tags" }], rows, width),
        ...more,
    ].join("\n");
}

function short({ digest }: RepositoryImage): string {
    return digest.slice(0, "sha256:".length + SHORTEST);
}

/** Enough to name it by, and to tell it from others. */
function shortDigest(cell: string): string {
    return cell.slice(0, "sha256:".length + 2 * SHORTEST);
}

/** To the minute, in UTC. */
function minutes(date: Date): string {
    return `${date.toISOString().slice(0, "YYYY-MM-DDTHH:MM".length).replace("T", " ")} UTC`;
}
