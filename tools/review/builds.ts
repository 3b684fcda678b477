import { Images } from "../../model/image-reference";
import { Preview, State, Step, UNKNOWN_TEXT } from "../deployed/preview";
import { settingsOf } from "../../settings";
import { imageOwners } from "../../settings/tasks";
import { readStackFiles, stackNames } from "../cli/stack-files";
import { Ecr } from "../deployed/aws/ecr";
import type { Place } from "../deployed/stack";
import { settingsIn } from "../deployed/images";
import { imageBuilds } from "../github/image-builds";
import { COMPONENT, logicalName } from "../../model/names";
import { IMAGE_BUILD } from "../inventory/types/ecr";
import { SERVICE, TASK_DEFINITION } from "../inventory/types/ecs";

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
    for (const { service, repository, contentTag } of imageBuilds(settingsOfAll(place), place.files.root)) {
        if (!imageOwners(settings).some(({ name, build }) => name === service && build !== undefined)) continue;
        const found = await ecr.withTag(settings.region, repository, contentTag);
        if (found === undefined) newTags[service] = contentTag;
        else images[service] = found;
    }
    return { images, newTags };
}

/** One build serves every stack, so that all of them say what is built. */
function settingsOfAll({ folder, files: { root } }: Place) {
    return stackNames(folder).map(stack => {
        const files = { ...readStackFiles(folder, stack), root };
        return settingsOf(files.config, files);
    });
}

/**
 * A preview as it would be with images that CI has yet to build, whose digests nobody knows: their services get a new task definition. In place of
 * a build of the stack's own, which CI never runs.
 *
 * @param tags content tags of the images, by service
 */
export function withNewBuilds(preview: Preview, tags: Readonly<Record<string, string>>): Preview {
    const serviceOf = (step: Step, type: string, named: (service: string) => string) =>
        step.type === type ? Object.keys(tags).find(service => step.name === named(service)) : undefined;
    const isOf = (...meant: Parameters<typeof serviceOf>) => serviceOf(...meant) !== undefined;
    return {
        ...preview,
        steps: preview.steps
            .filter(step => !(step.op === "create" && isOf(step, IMAGE_BUILD, logicalName.image)))
            .map(step => {
                const built = serviceOf(step, COMPONENT.image, logicalName.image);
                if (built !== undefined) return withInputs(step, { kind: "build", tag: tags[built] });
                if (isOf(step, TASK_DEFINITION, service => logicalName.taskDefinition(logicalName.task(service))))
                    return changed(step, "replace", "containerDefinitions");
                return isOf(step, SERVICE, service => service) ? changed(step, "update", "taskDefinition") : step;
            }),
    };
}

/** What is created, replaced or deleted anyhow stays so. */
function changed(step: Step, op: string, key: string): Step {
    if (step.before === undefined || step.after === undefined) return step;
    const reasons = [...new Set([...step.reasons, key])].sort();
    return { ...withInputs(step, { ...step.after.inputs, [key]: UNKNOWN_TEXT }), op: step.op === "same" ? op : step.op, reasons };
}

function withInputs(step: Step, inputs: State["inputs"]): Step {
    return step.after === undefined ? step : { ...step, after: { ...step.after, inputs } };
}
