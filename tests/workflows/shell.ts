import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { files, jobs, steps } from "./files";

export interface Ran {
    readonly code: number | null;
    readonly log: string;
    /** What the step handed on through GITHUB_OUTPUT. */
    readonly outputs: Readonly<Record<string, string>>;
    /** Every call of the npm that stood in: its arguments, one list a call. */
    readonly npm: readonly (readonly string[])[];
    /** A file that the step wrote. */
    file(name: string): string | undefined;
}

export interface Circumstances {
    /** What the expressions in `env` come to; a value for each name. */
    readonly env?: Readonly<Record<string, string>>;
    /** What the runner sets besides. */
    readonly runner?: Readonly<Record<string, string>>;
    /** Stands in for npm: prints this and ends with this, but for `acknowledged`. Absent: the real npm, in the project's folder. */
    readonly npm?: { readonly prints?: string; readonly code?: number; readonly acknowledged?: string };
    /** In front of the PATH. */
    readonly programs?: string;
}

/** Runs a step's script as GitHub's runner does with `shell: bash`, in an empty folder or, with the real npm, in the project's. */
export async function runStep(at: string, { env = {}, runner = {}, npm, programs }: Circumstances = {}): Promise<Ran> {
    const found = steps(files).find(candidate => candidate.at === at);
    const ofJob = jobs(files).find(job => at.startsWith(`${job.at}: `))?.job;
    assert.ok(found?.step.run, `no step ${at}`);
    const needed = new Set([...Object.keys(ofJob?.env ?? {}), ...Object.keys(found.step.env ?? {})]);
    assert.deepEqual(Object.keys(env).sort(), [...needed].sort(), "the names in env");

    const folder = mkdtempSync(path.join(tmpdir(), "step-"));
    try {
        const place = (name: string) => path.join(folder, name);
        writeFileSync(place("script.sh"), found.step.run);
        writeFileSync(place("output"), "");
        if (npm !== undefined) {
            writeFileSync(place("prints"), npm.prints ?? "");
            writeFileSync(place("acknowledged"), npm.acknowledged ?? "");
            const lines = [
                "#!/bin/bash",
                `printf '%s\\0' "$@" >> ${place("calls")}`,
                `echo >> ${place("calls")}`,
                `[[ $5 == acknowledged ]] && exec cat ${place("acknowledged")}`,
                `cat ${place("prints")}`,
                `exit ${npm.code ?? 0}`,
            ];
            writeFileSync(place("npm"), lines.join("\n"));
            chmodSync(place("npm"), 0o755);
        }
        const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", place("script.sh")], {
            cwd: npm === undefined && /\bnpm\b|@pulumi/.test(found.step.run) ? PROJECT_FOLDER : folder,
            env: {
                ...runner,
                ...env,
                HOME: folder,
                GITHUB_OUTPUT: place("output"),
                GITHUB_STEP_SUMMARY: place("summary.md"),
                PATH: [folder, programs, process.env["PATH"]].filter(Boolean).join(":"),
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let log = "";
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (log += text));
        const [code] = (await once(child, "close")) as [number | null];
        const text = (name: string) => (existsSync(place(name)) ? readFileSync(place(name), "utf8") : undefined);
        const written = new Map(["review-dev.md", "image-web.txt", "summary.md"].map(name => [name, text(name)]));
        return {
            code,
            log,
            outputs: Object.fromEntries(
                (text("output") ?? "")
                    .split("\n")
                    .filter(Boolean)
                    .map(line => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]),
            ),
            npm: (text("calls") ?? "")
                .split("\0\n")
                .filter(Boolean)
                .map(call => call.split("\0")),
            file: name => written.get(name),
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
