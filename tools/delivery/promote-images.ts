import { Images, parseImageReference } from "../../model/image-reference";
import type { Settings } from "../../settings";
import { imageOwners } from "../../settings/tasks";
import { UserError } from "../cli/user-error";
import type { Deployed } from "../deployed/images";

/** What one stack runs, and what is asked of it. */
export interface Source extends Deployed {
    readonly stack: string;
}

/**
 * The images of the services that the target builds, as the source runs them.
 *
 * @param wanted only these services; all where it is empty
 * @throws UserError where a wanted service is in one of the two stacks only, or where there is nothing to promote
 */
export function promotable(source: Source, target: Settings, wanted: readonly string[]): Images {
    const built = imageOwners(target)
        .filter(({ build }) => build !== undefined)
        .map(({ name }) => name);
    const runs = Object.keys(source.images);
    for (const name of wanted) {
        if (!built.includes(name))
            throw new UserError(
                `${target.stack} builds no service ${name}, so none can be promoted. Allowed: ${built.join(", ") || "none"}`,
            );
        if (!runs.includes(name))
            throw new UserError(
                `${name} does not run in ${source.stack}. Allowed: ${runs.join(", ") || "none: it was never updated"}`,
            );
    }
    const names = (wanted.length > 0 ? wanted : built).filter(name => runs.includes(name));
    if (names.length === 0)
        throw new UserError(
            `${source.stack} runs no service that ${target.stack} builds (${built.join(", ") || "it builds none"}). Next: update ${source.stack} first.`,
        );
    return Object.fromEntries(names.map(name => [name, source.images[name] ?? ""]));
}

/** What CI builds lives in repositories of no stack; what a stack builds lives in its own, and goes with it. */
export function ownRepositories({ stack, chosen }: Source, images: Images): string[] {
    return Object.entries(images)
        .filter(([service]) => !chosen.includes(service))
        .map(([service, reference]) => {
            const repository = parseImageReference(reference)?.ecr?.name ?? reference;
            return `${service}: ${stack} built this image itself, and destroying ${stack} takes its repository ${repository} away.`;
        });
}
