import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { parseImageReference } from "../../model/image-reference";
import type { Images } from "../deployed-images";

const reference = z.string().refine(text => parseImageReference(text)?.digest !== undefined);

/** Images by service as one job hands them to the next. */
export function imagesOption(text: string): Images {
    try {
        return z.record(z.string(), reference).parse(JSON.parse(text));
    } catch {
        throw new InvalidArgumentError(
            'Allowed: images by service as JSON, such as {"web":"<repository>@sha256:<64 hex digits>"}.',
        );
    }
}

/** An option that may be given several times. */
export function collected(value: string, before: readonly string[]): readonly string[] {
    return [...before, value];
}
