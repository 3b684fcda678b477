import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Images } from "../../model/image-reference";
import { Settings, settingsOf } from "../../settings";
import { imageOwners } from "../../settings/tasks";
import { StackFiles } from "../cli/stack-files";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { exportState } from "./engine";
import type { Place } from "./stack";
import { COMPONENT, logicalName } from "../../model/names";

/** What a stack was told to run by its last update, however that ended. */
export interface Deployed {
    /** The image in the task definition of each service and job, which is the one that the verdict is about; empty before a first update. */
    readonly images: Images;
    /** Services whose image a deployment named; the others' the program built, or found built, from its own sources. */
    readonly chosen: readonly string[];
}

const CONFIG_KEY = "fargate:images";
const RELEASES_KEY = "fargate:releases";

const exported = z.object({
    deployment: z.object({
        resources: z
            .array(
                z.object({
                    type: z.string(),
                    urn: z.string(),
                    delete: z.boolean().nullish(),
                    inputs: z.record(z.string(), z.unknown()).nullish(),
                    outputs: z.record(z.string(), z.unknown()).nullish(),
                }),
            )
            .nullish(),
    }),
});

/** The resources of an exported state that stand; what was replaced waits there for its removal. @throws ZodError where it is no state */
export function resourcesOf(state: unknown) {
    return (exported.parse(state).deployment.resources ?? []).filter(one => one.delete !== true);
}

/** Reads from the stack's state what it runs. */
export async function deployedImages(place: Place): Promise<Deployed> {
    return deployedIn(await exportState(place));
}

export function deployedIn(state: unknown): Deployed {
    const resources = resourcesOf(state);
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    const told = z.record(z.string(), z.string()).catch({}).parse(stack?.outputs?.["images"]);
    const defined = resources
        .filter(({ type }) => type === COMPONENT.service || type === COMPONENT.job)
        .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2))
        .map(service => [service, imageIn(service, resources)] as const)
        .filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
    // An update that is cut off while it waits has made the task definitions and not its outputs.
    const images = { ...told, ...Object.fromEntries(defined) };
    const chosen = Object.keys(images).filter(service =>
        resources.some(
            ({ type, urn, inputs }) =>
                type === COMPONENT.image && urn.endsWith(`::${logicalName.image(service)}`) && inputs?.["kind"] === "reference",
        ),
    );
    return { images, chosen };
}

const containers = z.array(z.object({ name: z.string(), image: z.string() }));

/** The image of a service's own container, by its task definition. */
function imageIn(
    service: string,
    resources: readonly {
        readonly urn: string;
        readonly type: string;
        readonly outputs?: Readonly<Record<string, unknown>> | null;
    }[],
): string | undefined {
    const name = logicalName.taskDefinition(logicalName.task(service));
    const definition = resources.find(
        ({ type, urn }) => type === "aws:ecs/taskDefinition:TaskDefinition" && urn.endsWith(`::${name}`),
    );
    const text = definition?.outputs?.["containerDefinitions"];
    if (typeof text !== "string") return undefined;
    return containers.parse(JSON.parse(text)).find(container => container.name === service)?.image;
}

/** Where each service's image comes from. */
export interface Choice {
    /** For `fargate:images`. */
    readonly images: Images;
    /** Services whose wanted image is left out, since this stack does not build them. */
    readonly leftOut: readonly string[];
}

/**
 * The images that an update has to name: those that are wanted, those that the stack's file names, and for every other service that has `build` the
 * one that a deployment chose before. Otherwise whoever previews would be shown a change that nobody made, and whoever updates would undo it.
 *
 * @throws UserError where the file names an image itself, which a later update would bring back
 */
export function chooseImages(settings: Settings, files: StackFiles, deployed: Deployed, wanted: Images = {}): Choice {
    const pinned = pinnedIn(files);
    const images: Record<string, string> = { ...pinned };
    for (const { name, build } of imageOwners(settings)) {
        if (build === undefined) continue;
        const [asked, written] = [imageFor(wanted, name), imageFor(pinned, name)];
        if (asked !== undefined && written !== undefined && written !== asked)
            throw new UserError(
                `${CONFIG_KEY}.${name} in Pulumi.${files.stack}.yaml is ${written}, and the next update would bring it back. Allowed: no such line, since deployments choose the image. Next: remove it.`,
            );
        const image = asked ?? written ?? (deployed.chosen.includes(name) ? imageFor(deployed.images, name) : undefined);
        if (image !== undefined) images[name] = image;
    }
    const built = imageOwners(settings)
        .filter(({ build }) => build !== undefined)
        .map(({ name }) => name);
    return { images, leftOut: Object.keys(wanted).filter(name => !built.includes(name)) };
}

/** A service may be called like a property that every object has, such as `constructor`. */
export function imageFor(images: Images, service: string): string | undefined {
    return Object.hasOwn(images, service) ? images[service] : undefined;
}

function pinnedIn({ config }: StackFiles): Images {
    const text = config[CONFIG_KEY];
    return text === undefined ? {} : (JSON.parse(text) as Images);
}

/**
 * Runs something on a stack with the images that it runs, but for those that are wanted. They are named in a copy of the stack's file, which is
 * removed afterwards: the CLI would write `--config` into the file itself.
 *
 * @param use gets the copy, or nothing where the file says it all
 * @param skipsReleases whether services move without their releases
 */
export async function withDeployedImages<T>(
    place: Place,
    wanted: Images | undefined,
    use: (configFile?: string) => Promise<T>,
    skipsReleases = false,
): Promise<T> {
    const { images, leftOut } = chooseImages(settingsIn(place), place.files, await deployedImages(place), wanted);
    if (leftOut.length > 0) tell(`Left out, since ${place.stack} builds no such service: ${leftOut.join(", ")}.`);
    if (Object.keys(images).length === 0 && !skipsReleases) return use();
    const name = `Pulumi.${place.stack}.yaml`;
    const folder = mkdtempSync(path.join(tmpdir(), "fargate-"));
    try {
        const copy = path.join(folder, name);
        writeFileSync(copy, withConfig(readFileSync(path.join(place.folder, name), "utf8"), images, skipsReleases), {
            mode: 0o600,
        });
        return await use(copy);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** A stack's file that names these images, and is otherwise as it was but for its releases. */
function withConfig(yaml: string, images: Images, skipsReleases: boolean): string {
    const document = parseDocument(yaml);
    // A key without a namespace is the project's.
    if (document.hasIn(["config", "images"])) document.deleteIn(["config", "images"]);
    document.setIn(["config", CONFIG_KEY], images);
    if (skipsReleases) document.setIn(["config", RELEASES_KEY], "skip");
    return document.toString();
}

/** The settings of a stack as its file says them. */
export function settingsIn({ files }: Place): Settings {
    return settingsOf(files.config, files);
}
