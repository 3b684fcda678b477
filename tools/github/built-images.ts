import { z } from "zod";
import { parseImageReference } from "../../model/image-reference";
import { UserError } from "../cli/user-error";
import { GitHub, runArtifacts } from "./api";

const imageFile = (service: string) => `image-${service}.txt`;

/**
 * What this run's build jobs pushed, by service.
 *
 * @throws UserError when a job left no digest: a deployment of some of the images would be nobody's intention.
 */
export async function builtImages(github: GitHub, services: readonly string[]): Promise<Record<string, string>> {
    const files = await runArtifacts(github, services.map(imageFile));
    const images = services.map(service => [service, (files.get(imageFile(service)) ?? "").trim()] as const);
    const without = images.filter(([, image]) => parseImageReference(image)?.digest === undefined);
    if (without.length > 0) {
        const found = without.map(([service, image]) => `${service}: ${image === "" ? "nothing" : image}`).join(", ");
        throw new UserError(
            `The build jobs of this run left no image by digest for ${found}. Allowed: <repository>@sha256:<64 hex digits> in the artifact ${imageFile("<service>")}. Next: see the job of that service.`,
        );
    }
    return Object.fromEntries(images);
}

/** The services of what `pipeline builds` printed. */
export function servicesIn(builds: string): readonly string[] {
    return z
        .array(z.object({ service: z.string() }))
        .parse(JSON.parse(builds))
        .map(({ service }) => service);
}
