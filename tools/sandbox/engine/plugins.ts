import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { NoWay, Wishes, lastLine } from "./way";

/** Where Pulumi's CLI and plugins are published. */
const PUBLISHED = "https://get.pulumi.com/install.sh";

/** A firewall that drops packets would otherwise be waited for minutes, in milliseconds. */
const ANSWER_LIMIT = 4000;

const run = promisify(execFile);

export interface Plugin {
    readonly name: string;
    readonly version: string;
}

/** The plugins of what the program declares in a sandbox: those of its packages. */
export function neededPlugins({ images = false }: Pick<Wishes, "images">): Plugin[] {
    const names = ["aws", "awsx", ...(images ? ["docker", "docker-build"] : [])];
    return names.map(name => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- a package's own version
        const { version } = require(`@pulumi/${name}/package.json`) as { version: string };
        return { name, version };
    });
}

/** Where a plugin is: among those that the CLI has installed, on the PATH, which goes first, or nowhere. */
export function placeOf(
    { name, version }: Plugin,
    environment: NodeJS.ProcessEnv = process.env,
): "installed" | "PATH" | undefined {
    const binary = `pulumi-resource-${name}`;
    const folders = (environment["PATH"] ?? "").split(path.delimiter).filter(folder => folder !== "");
    if (folders.some(folder => existsSync(path.join(folder, binary)))) return "PATH";
    const home = environment["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi");
    const installed = path.join(home, "plugins", `resource-${name}-v${version}`);
    return existsSync(installed) && !existsSync(`${installed}.partial`) ? "installed" : undefined;
}

/**
 * Sees to it that a CLI has the plugins.
 *
 * @returns the AWS plugin, as a person says it
 * @throws NoWay where they are missing and cannot be downloaded
 */
export async function withPlugins(pulumi: PulumiCommand, wishes: Wishes): Promise<string> {
    const needed = neededPlugins(wishes);
    const missing = needed.filter(plugin => placeOf(plugin) === undefined);
    if (missing.length > 0) {
        const names = missing.map(({ name, version }) => `${name} ${version}`).join(", ");
        // Node asks no proxy, and the CLI does.
        const reason = hasProxy(process.env) ? undefined : await unpublished();
        if (reason !== undefined)
            throw new NoWay(`its plugins (${names}) are not installed, and cannot be downloaded: ${reason}`);
        await installPlugins(pulumi, missing, wishes);
    }
    const aws = needed.find(({ name }) => name === "aws");
    return aws !== undefined && placeOf(aws) === "installed" ? `AWS plugin ${aws.version}` : "AWS plugin from PATH";
}

async function installPlugins(
    pulumi: PulumiCommand,
    plugins: readonly Plugin[],
    { folder, tell, signal }: Wishes,
): Promise<void> {
    for (const { name, version } of plugins) {
        tell(`downloading the plugin ${name} ${version} (once)`);
        const args = ["plugin", "install", "resource", name, version];
        try {
            await run(pulumi.command, args, { cwd: folder, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" }, signal });
        } catch (error) {
            signal?.throwIfAborted();
            throw new NoWay(`its plugin ${name} ${version} could not be downloaded: ${lastLine(error)}`);
        }
    }
}

function hasProxy(environment: NodeJS.ProcessEnv): boolean {
    return ["https_proxy", "HTTPS_PROXY"].some(name => (environment[name] ?? "") !== "");
}

let asked: Promise<string | undefined> | undefined;

/** Why Pulumi's CLI and plugins cannot be downloaded; asked once. */
export function unpublished(): Promise<string | undefined> {
    return (asked ??= unreachable(PUBLISHED));
}

/** Why an address gives nothing, or undefined where it does. */
export async function unreachable(url: string, limit = ANSWER_LIMIT): Promise<string | undefined> {
    const { host } = new URL(url);
    try {
        const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(limit) });
        return response.ok ? undefined : `${host} answered ${response.status}`;
    } catch (error) {
        if ((error as Error).name === "TimeoutError") return `${host} did not answer within ${limit / 1000} s`;
        const { code } = ((error as Error).cause ?? {}) as { code?: string };
        return `${host} is not reachable${code === undefined ? "" : ` (${code})`}`;
    }
}
