import { parseImageReference } from "../../model/image-reference";
import { COMPONENT, logicalName } from "../../model/names";
import { Preview, Step } from "../deployed/preview";
import { namedFieldsOf, textOf } from "../inventory/inputs";

/** Hex digits of a digest or a content hash that tell two images apart. */
export const SHORT = 7;

/** What a service runs: `<repository>@sha256:…`, or words for what has no digest yet. */
export interface ServiceImages {
    readonly before?: string;
    readonly after?: string;
}

/**
 * A task definition is unknown as a whole while its image is being built. The deployed digest is in the stack's outputs, and the image's component
 * says what comes: a digest, or the tag that the content makes.
 */
export function imagesOf({ steps }: Preview, service: string): ServiceImages {
    const stack = steps.find(({ type }) => type === "pulumi:pulumi:Stack");
    const image = steps.find(({ type, name }) => type === COMPONENT.image && name === logicalName.image(service));
    const deployed = namedFieldsOf(stack?.before?.outputs["images"])[service];
    const before = image?.before && (deployed === undefined ? named(image, "before") : textOf(deployed));
    if (image?.after === undefined) return { before };
    const isSame = image.before !== undefined && named(image, "before") === named(image, "after");
    return { before, after: isSame ? before : named(image, "after", before) };
}

/** @param deployed decides the repository of an image that is known by its digest alone */
function named(image: Step, when: "before" | "after", deployed = ""): string {
    const { kind, reference, digest, tag } = image[when]?.inputs ?? {};
    if (kind === "reference") return textOf(reference);
    if (kind === "pushed") return `${deployed.split("@", 1)[0] ?? ""}@${textOf(digest)}`;
    return `a new build (content ${textOf(tag).slice(0, SHORT)})`;
}

/** A digest in short, with the repository where that differs too. */
export function shownImage(value: unknown, other: unknown): string | undefined {
    if (value === undefined) return undefined;
    const image = parseImageReference(textOf(value));
    if (image?.digest === undefined) return textOf(value);
    const version = image.digest.slice("sha256:".length).slice(0, SHORT);
    const another = parseImageReference(textOf(other));
    const isMoved = another !== undefined && another.repository !== image.repository;
    return isMoved ? `${image.ecr?.name ?? image.repository}@${version}` : version;
}
