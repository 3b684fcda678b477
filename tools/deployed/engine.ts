import { spawn } from "node:child_process";
import { once } from "node:events";
import { parsePreview } from "./preview";
import { userPath } from "../cli/options";
import { UserError } from "../cli/user-error";
import { engineFailure } from "./next-step";
import type { Place } from "./stack";

/** What one run of the engine may be told beside its stack. */
export interface RunOptions {
    /** Configuration to use in place of the stack's file. */
    readonly configFile?: string;
    /** Asks AWS first what exists. */
    readonly refresh?: boolean;
}

/**
 * What an update would do, as `pulumi preview --json` says it, with what stays the same. A preview that ends well may still hold error lines: those
 * of look-ups that found nothing, which the program expects.
 *
 * @throws UserError with the engine's errors where the preview fails
 */
export async function previewJson(place: Place, { configFile, refresh = false }: RunOptions): Promise<unknown> {
    const args = ["preview", "--json", "--show-sames", ...(refresh ? ["--refresh"] : []), ...configArgs(configFile)];
    const { code, output, errors } = await capture(place, args);
    const json = parsed(output);
    if (code === 0 && json !== undefined) return json;
    const told = json === undefined ? output.trim() : parsePreview(json).errors.join("\n");
    throw new UserError(engineFailure(`pulumi preview of ${place.stack} ended with ${code}:`, told || errors.trim(), place));
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The stack's state, as `pulumi stack export` prints it. */
export async function exportState(place: Place): Promise<unknown> {
    const { code, output, errors } = await capture(place, ["stack", "export"]);
    if (code === 0) return JSON.parse(output);
    throw new UserError(engineFailure(`The state of ${place.stack} cannot be read:`, errors.trim(), place));
}

/** Runs the CLI in the user's terminal. @param args of the user's @returns its exit code */
export async function passThrough(place: Place, args: readonly string[], configFile?: string): Promise<number> {
    const child = spawn(place.pulumi, [...withUserPaths(args), "--stack", place.stack, ...configArgs(configFile)], {
        cwd: place.folder,
        env: environment(),
        stdio: "inherit",
    });
    // Ctrl-C reaches the engine as well, which ends its update in an orderly way; this process waits for it.
    const wait = () => undefined;
    const end = () => child.kill("SIGTERM");
    process.on("SIGINT", wait).on("SIGTERM", end);
    try {
        const [code] = (await once(child, "close")) as [number | null];
        return code ?? 1;
    } finally {
        process.off("SIGINT", wait).off("SIGTERM", end);
    }
}

/** Options of `pulumi up` and `pulumi preview` that name a file or folder. */
const PATH_OPTIONS = ["--policy-pack", "--policy-pack-config", "--plan", "--save-plan", "--import-file", "--config-file"];

/** The CLI starts in the folder of its stack, and would look for the user's files there. */
export function withUserPaths(args: readonly string[]): string[] {
    const absolute = (paths: string) => paths.split(",").map(userPath).join(",");
    return args.map((arg, index) => {
        if (PATH_OPTIONS.includes(args[index - 1] ?? "")) return absolute(arg);
        const [, option = "", paths = ""] = /^(--[a-z-]+)=(.*)$/.exec(arg) ?? [];
        return PATH_OPTIONS.includes(option) ? `${option}=${absolute(paths)}` : arg;
    });
}

function configArgs(configFile: string | undefined): string[] {
    return configFile === undefined ? [] : ["--config-file", configFile];
}

interface Captured {
    readonly code: number;
    readonly output: string;
    readonly errors: string;
}

async function capture(place: Place, args: readonly string[]): Promise<Captured> {
    const child = spawn(place.pulumi, [...args, "--stack", place.stack, "--non-interactive", "--color", "never"], {
        cwd: place.folder,
        env: environment(),
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code: code ?? 1, output, errors };
}

function environment(): NodeJS.ProcessEnv {
    // It would turn the one document into a stream of events.
    return { ...process.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: undefined };
}
