import { Command } from "commander";
import { parseImageReference } from "../../model/image-reference";
import { Settings, readableSettingsOf } from "../../settings";
import { tasksOf } from "../../settings/tasks";
import { exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { MirrorRepository } from "../deployed/aws/mirror-repository";
import { openPlace } from "../deployed/stack";
import { placeOf } from "../preflight/registry";
import { withLogin } from "./docker-login";
import { requireOwnAccount } from "./own-account";
import { FoundImage, copyImage, findImage, requireBuildx } from "./image-copy";

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("mirror")
    .description(
        "Copy a public image into the account's ECR, with all its platforms and its digest, so that tasks without internet can run it. Docker's buildx copies; no daemon is needed.",
    )
    .argument("<stack>", "name of the stack")
    .argument("<image>", "image with its tag or digest, such as nginx:1.29")
    .option("--json", "the image in ECR and the line for the stack file as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run mirror -- prod nginx:1.29\n${exitCodes()}`)
    .showSuggestionAfterError()
    .action(async (stack: string, image: string, { json = false, ...where }: Options) => {
        const source = publicImage(image);
        const place = await openPlace(stack, where);
        // The stack's file may be refused for the very image.
        const settings = readableSettingsOf(place.files.config, place.files);
        await requireBuildx();
        const found = await findImage(image);
        for (const warning of unfit(settings, image, found)) tell(warning);
        await requireOwnAccount(settings);
        const repository = await MirrorRepository.open(settings, source.name);
        const outcome = await mirrored(repository, source, found, where.sandbox === true);
        const reference = `${repository.uri}@${found.digest}`;
        const line = `image: ${reference}`;
        const text = [
            SAID[outcome](image, repository.name),
            "",
            `For Pulumi.${stack}.yaml, in place of ${image}:`,
            `    ${line}`,
        ].join("\n");
        // Unbroken, for the line is there to be copied.
        print(
            { text, data: { image: reference, platforms: found.platforms, outcome, line }, exitCode: 0, isVerbatim: true },
            json,
        );
    });

type Outcome = "copied" | "there" | "not-copied";

const SAID: Readonly<Record<Outcome, (image: string, repository: string) => string>> = {
    copied: (image, repository) => `Copied ${image} to ${repository}.`,
    there: (image, repository) => `${image} is in ${repository} already; nothing was copied.`,
    "not-copied": (image, repository) =>
        `${repository} is there, and ${image} was not copied: the sandbox has no registry, and its tasks pull no images.`,
};

/** A public image, and what its copy is called. */
export interface PublicImage {
    readonly repository: string;
    readonly name: string;
    readonly tag?: string;
}

/** @throws UserError where it is none, or nobody could know which one is meant */
export function publicImage(text: string): PublicImage {
    const image = parseImageReference(text);
    if (image === undefined)
        throw new UserError(
            `${text} is no image with a tag or digest. Allowed: <repository>:<tag> or <repository>@sha256:…, such as nginx:1.29`,
        );
    if (image.ecr !== undefined)
        throw new UserError(`${text} is in ECR already. Allowed: an image of a public registry, such as nginx:1.29`);
    const { name } = placeOf(image);
    return { repository: image.repository, name: name.replace(/^library\//, ""), tag: image.tag };
}

/** For which of the stack's tasks an image is not made. @throws UserError where it is for none of them */
export function unfit(
    settings: Pick<Settings, "services" | "jobs">,
    image: string,
    { platforms }: FoundImage,
): readonly string[] {
    const wanted = [
        ...new Set(tasksOf(settings).map(({ task }) => `linux/${task.architecture === "arm64" ? "arm64" : "amd64"}`)),
    ];
    const missing = wanted.filter(platform => !platforms.includes(platform));
    const said = `${image} is for ${platforms.join(", ") || "no platform"}`;
    if (missing.length > 0 && missing.length === wanted.length)
        throw new UserError(
            `${said}, and the stack's tasks are ${wanted.join(", ")}. Nothing was copied. Next: another image, or architecture at the service`,
        );
    return missing.map(platform => `${said}: tasks on ${platform} cannot run it.`);
}

/** ECR keeps a tag where it is, and a public one moves: a part of the digest makes it another one. */
export function tagOf({ tag = "sha256" }: Pick<PublicImage, "tag">, digest: string): string {
    return `${tag.slice(0, 100)}-${digest.slice("sha256:".length, "sha256:".length + 12)}`;
}

/** Copies what is not there yet. @throws UserError where it is not there afterwards */
export async function mirrored(
    repository: Pick<MirrorRepository, "has" | "login" | "uri">,
    source: PublicImage,
    { digest }: Pick<FoundImage, "digest">,
    isSandbox: boolean,
): Promise<Outcome> {
    if (await repository.has(digest)) return "there";
    // An emulator's repository has the address of a real registry.
    if (isSandbox) return "not-copied";
    const { uri } = repository;
    const [host = ""] = uri.split("/");
    await withLogin(host, await repository.login(), environment =>
        copyImage(`${source.repository}@${digest}`, `${uri}:${tagOf(source, digest)}`, environment),
    );
    if (await repository.has(digest)) return "copied";
    throw new UserError(`${uri} has no image ${digest} after the copy. Next: a newer docker buildx, which keeps the digest`);
}

if (require.main === module) void runCommand(command);
