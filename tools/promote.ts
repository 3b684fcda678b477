import { Command } from "commander";
import { parseImageReference } from "../model/image-reference";
import { runCommand } from "./command";
import { deployImages } from "./delivery/deploy";
import { collected } from "./delivery/options";
import { Place, SANDBOX_OPTION, openPlace } from "./delivery/place";
import { Deployed, Images, deployedImages, settingsIn } from "./deployed-images";
import { UserError } from "./stack-files";

interface Options {
    readonly yes?: boolean;
    readonly service: readonly string[];
    readonly allow: readonly string[];
    readonly sandbox?: string | true;
}

const command = new Command("promote")
    .description("Let a stack run the images that another one runs: the same digests. Shows the review first, and asks.")
    .argument("<from>", "stack whose images are taken")
    .argument("<to>", "stack that gets them")
    .option("--service <name>", "only this service; may be given several times", collected, [])
    .option("--allow <urn>", "acknowledge that this resource is lost; may be given several times", collected, [])
    .option("--yes", "do not ask")
    .option(...SANDBOX_OPTION)
    .showSuggestionAfterError()
    .action(async (from: string, to: string, { service, sandbox, ...options }: Options) => {
        const source = await openPlace(from, sandbox);
        const runs = await deployedImages(source);
        const target = await openPlace(to, sandbox);
        const images = promotable(target, runs, from, service);
        warnOfOwnRepository(images, from, runs);
        await deployImages(target, images, options);
    });

/** The images of the services that the target builds, as the source runs them. */
function promotable(target: Place, { images }: Deployed, from: string, wanted: readonly string[]): Images {
    const built = settingsIn(target)
        .services.filter(({ build }) => build !== undefined)
        .map(({ name }) => name);
    const names = wanted.length > 0 ? wanted : built;
    for (const name of names) {
        if (!built.includes(name))
            throw new UserError(
                `${target.stack} builds no service ${name}, so none can be promoted. Allowed: ${built.join(", ")}`,
            );
        if (images[name] === undefined && wanted.includes(name))
            throw new UserError(
                `${name} does not run in ${from}. Allowed: ${Object.keys(images).join(", ") || `none, since ${from} was never updated`}`,
            );
    }
    const found = names.flatMap(name => (images[name] === undefined ? [] : [[name, images[name]] as const]));
    if (found.length === 0)
        throw new UserError(
            `${from} runs no image of a service that ${target.stack} builds (${built.join(", ")}). Next: update ${from} first.`,
        );
    return Object.fromEntries(found);
}

/** What CI builds lives in repositories of no stack; what a laptop builds lives in the stack's own. */
function warnOfOwnRepository(images: Images, from: string, { chosen }: Deployed): void {
    for (const [service, reference] of Object.entries(images)) {
        if (chosen.includes(service)) continue;
        const repository = parseImageReference(reference)?.ecr?.name ?? reference;
        process.stderr.write(
            `${service}: ${from} built this image itself, and destroying ${from} may take its repository ${repository} away.\n`,
        );
    }
}

void runCommand(command);
