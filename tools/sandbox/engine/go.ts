import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Part, buildArguments } from "./parts";
import { NoWay, lastLine } from "./way";

function environment(): NodeJS.ProcessEnv {
    return { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
}

/** @throws NoWay where there is no Go, or one that is too old for a module */
export async function checkGo({ module }: Part): Promise<void> {
    try {
        await promisify(execFile)("go", ["version"], { cwd: module, env: environment() });
    } catch (error) {
        const { code, stderr } = error as { code?: string; stderr?: string };
        throw new NoWay(code === "ENOENT" ? "there is no Go on the PATH" : lastLine(stderr ?? error));
    }
}

export interface GoProgress {
    /** Modules are downloaded first. */
    readonly onDownload: () => void;
    /** Of its packages, how many are compiled, from 0 to 1; those that Go has compiled before are left out. */
    readonly onCompile: (fraction: number) => void;
    /** Gets all that Go says. */
    readonly log: string;
    readonly signal?: AbortSignal;
}

/** Builds a part. @throws NoWay with the last that Go said */
export async function goBuild(part: Part, output: string, { onDownload, onCompile, log, signal }: GoProgress): Promise<void> {
    const args = buildArguments(part);
    const forList = args.filter(argument => !/^-(buildvcs|gcflags|ldflags|trimpath)\b/.test(argument));
    let packages = 0;
    let compiled = 0;
    onDownload();
    await go(part, ["list", "-deps", ...forList], { onLine: () => packages++, log, signal });
    onCompile(0);
    const onLine = () => onCompile(Math.min(1, ++compiled / packages));
    await go(part, ["build", "-v", "-o", output, ...args], { onLine, log, signal });
}

interface Run {
    /** A package that is listed, or compiled: the one is said on stdout, the other on stderr. */
    readonly onLine: () => void;
    readonly log: string;
    readonly signal?: AbortSignal;
}

async function go({ module, title }: Part, args: readonly string[], { onLine, log, signal }: Run): Promise<void> {
    const child = spawn("go", args, { cwd: module, env: environment(), stdio: ["ignore", "pipe", "pipe"], signal });
    let last = "";
    for (const stream of [child.stdout, child.stderr])
        createInterface(stream).on("line", line => {
            appendFileSync(log, `${line}\n`);
            if (line.startsWith("go: downloading ")) return;
            last = line.trim();
            onLine();
        });
    const [code, by] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    if (code === 0) return;
    const reason = by === null ? last : `Go was ended by ${by}`;
    throw new NoWay(`${title} could not be built: ${reason} (all that Go said is in ${path.relative("", log)})`);
}
