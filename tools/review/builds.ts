import { Images } from "../../model/image-reference";
import { settingsOf } from "../../settings";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { Ecr } from "../delivery/ecr";
import type { Place } from "../delivery/place";
import { settingsIn } from "../deployed-images";
import { imageBuilds } from "../pipeline-builds";

/** What CI would deploy to a stack from these sources. */
export interface Builds {
    /** Images of this content that the account's repositories have already, by service. */
    readonly images: Images;
    /** Content tags of images that CI has yet to build, by service. */
    readonly newTags: Readonly<Record<string, string>>;
}

/** Looks up each image that CI builds for a stack by the hash of its content. */
export async function findBuilds(place: Place): Promise<Builds> {
    const settings = settingsIn(place);
    const ecr = new Ecr(settings);
    const images: Record<string, string> = {};
    const newTags: Record<string, string> = {};
    for (const { service, repository, contentTag } of imageBuilds(settingsOfAll(place))) {
        if (!settings.services.some(({ name, build }) => name === service && build !== undefined)) continue;
        const found = await ecr.withTag(settings.region, repository, contentTag);
        if (found === undefined) newTags[service] = contentTag;
        else images[service] = found;
    }
    return { images, newTags };
}

/** One build serves every stack, so that all of them say what is built. */
function settingsOfAll({ folder }: Place) {
    return stackNames(folder).map(stack => {
        const files = readStackFiles(folder, stack);
        return settingsOf(files.config, files);
    });
}
