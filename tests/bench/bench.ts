import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";

/** Runs of each command; the first one warms the disk cache and is not counted. */
const RUNS = 6;

const SDKS = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx", "@pulumi/docker", "@pulumi/docker-build"];

const COMMANDS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
    { name: "importing the SDKs", command: ["node", "-e", SDKS.map(sdk => `require("${sdk}")`).join(";")] },
    ...["dev", "prod"].map(stack => ({
        name: `npm run plan -- ${stack}`,
        command: ["npm", "run", "--silent", "plan", "--", stack],
    })),
];

interface Run {
    readonly seconds: number;
    readonly mebibytes: number;
}

/** Wall time of a whole command, and the memory of its largest Node process, which a preloaded script writes down at its end. */
function measure(command: readonly string[]): Run {
    const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
    const log = path.join(folder, "rss");
    try {
        const [program = "", ...args] = command;
        const NODE_OPTIONS = `--require ${path.join(__dirname, "bench-usage.js")}`;
        const started = process.hrtime.bigint();
        const { status, stderr } = spawnSync(program, args, {
            cwd: PROJECT_FOLDER,
            env: { ...process.env, NODE_OPTIONS, BENCH_LOG: log },
            encoding: "utf8",
        });
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status ?? "a signal"}: ${stderr}`);
        const kibibytes = readFileSync(log, "utf8").trim().split("\n").map(Number);
        return { seconds, mebibytes: Math.max(...kibibytes) / 1024 };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

process.stdout.write(`${"".padEnd(24)}${"median".padStart(10)}${"fastest".padStart(10)}${"memory".padStart(10)}\n`);
for (const { name, command } of COMMANDS) {
    const runs = Array.from({ length: RUNS }, () => measure(command)).slice(1);
    const seconds = runs.map(run => run.seconds);
    const cells = [
        `${median(seconds).toFixed(2)} s`,
        `${Math.min(...seconds).toFixed(2)} s`,
        `${Math.round(Math.max(...runs.map(run => run.mebibytes)))} MiB`,
    ];
    process.stdout.write(`${name.padEnd(24)}${cells.map(cell => cell.padStart(10)).join("")}\n`);
}
