import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { z } from "zod";
import { UserError } from "../cli/user-error";
import { manifestOf } from "../preflight/image-platform";

/** An image as its registry has it now. */
export interface FoundImage {
    /** Of the whole, all its platforms. */
    readonly digest: string;
    /** Such as `linux/arm64`. */
    readonly platforms: readonly string[];
}

/** @throws UserError where Docker's buildx is not there, which says how to get it */
export async function requireBuildx(): Promise<void> {
    const { code } = await docker(["buildx", "version"]);
    if (code === 0) return;
    throw new UserError(
        [
            "docker buildx is not here, and copies images between registries; no daemon is needed. Nothing was done. Next: install it, then the same again",
            "    Docker Desktop has it; others   https://docs.docker.com/go/buildx/",
        ].join("\n"),
    );
}

/** Asks the image's registry, with the logins that Docker has. @throws UserError with what Docker says */
export async function findImage(reference: string): Promise<FoundImage> {
    const raw = await inspected(reference, ["--raw"]);
    const digest = `sha256:${createHash("sha256").update(raw).digest("hex")}`;
    const manifest = manifestOf(raw.toString("utf8"));
    if (manifest.kind === "index") return { digest, platforms: [...new Set(manifest.images.map(({ platform }) => platform))] };
    const image = single.parse(JSON.parse((await inspected(reference, ["--format", "{{json .Image}}"])).toString("utf8")));
    return { digest, platforms: [`${image.os}/${image.architecture}`] };
}

const single = z.object({ os: z.string(), architecture: z.string() });

/**
 * Copies an image with all its platforms, so that its digest stays: an index of some would be another one. Docker shows how far it is.
 *
 * @param from `<repository>@sha256:…`
 * @param to `<repository>:<tag>`
 * @param environment with a login to the registry of `to`
 * @throws UserError where it ends with an error, which it has shown
 */
export async function copyImage(from: string, to: string, environment: NodeJS.ProcessEnv): Promise<void> {
    const args = ["buildx", "imagetools", "create", "--prefer-index=false", "--tag", to, from];
    // Ctrl-C is for Docker: this process has a login to remove. Heard from before Docker runs on, since it may be sent at once.
    const leaveToIt = () => undefined;
    const end = () => child.kill("SIGTERM");
    process.on("SIGINT", leaveToIt).on("SIGTERM", end).on("SIGHUP", end);
    const child = spawn("docker", args, { env: environment, stdio: ["ignore", 2, 2] });
    try {
        const [code] = (await once(child, "close")) as [number | null];
        if (code !== 0)
            throw new UserError(`${from} was not copied: docker buildx imagetools create ended with ${code ?? "a signal"}`);
    } finally {
        process.off("SIGINT", leaveToIt).off("SIGTERM", end).off("SIGHUP", end);
    }
}

async function inspected(reference: string, options: readonly string[]): Promise<Buffer> {
    const { code, output, errors } = await docker(["buildx", "imagetools", "inspect", ...options, reference]);
    if (code === 0) return output;
    throw new UserError(
        `${reference} cannot be had from its registry: ${errors.trim()}. Nothing was done. Next: another name or tag, or docker login, where the registry asks for one`,
    );
}

async function docker(args: readonly string[]) {
    const child = spawn("docker", args, { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const code = await new Promise<number | null>(resolve => child.on("error", () => resolve(null)).on("close", resolve));
    return { code, output: Buffer.concat(output), errors };
}
