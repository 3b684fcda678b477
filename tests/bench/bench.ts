import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { MAX_ROUTES } from "../../model/routes";
import { PROJECT_FOLDER } from "../../settings";
import { runCommand } from "../../tools/cli/command";
import { planReport } from "../../tools/plan/report";
import { filesWith, stackConfigs } from "../support/stack-grammar";

/** Runs of each command; the first one warms the disk cache and is not counted. */
const RUNS = 6;

const SDKS = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx", "@pulumi/docker", "@pulumi/docker-build"];

/** Sizes of stacks that are made up, in services: what grows faster than its stack shows in the last of them. */
const SIZES = [10, 50, 200];

interface Row {
    readonly name: string;
    readonly command: readonly string[];
    /** Where it runs. */
    readonly folder: string;
}

/** What is measured; `copy` is a project with the stacks that are made up. */
function rows(copy: string): readonly Row[] {
    const plan = (stack: string) => ["npm", "run", "--silent", "plan", "--", stack];
    return [
        {
            name: "importing the SDKs",
            command: ["node", "-e", SDKS.map(sdk => `require("${sdk}")`).join(";")],
            folder: PROJECT_FOLDER,
        },
        ...["dev", "prod"].map(stack => ({ name: `npm run plan -- ${stack}`, command: plan(stack), folder: PROJECT_FOLDER })),
        ...SIZES.map(size => ({ name: `plan of ${size} services`, command: plan(stackOf(size)), folder: copy })),
    ];
}

function stackOf(size: number): string {
    return `bench-${size}`;
}

/** A production stack, each of its routes a host; services beyond those that a load balancer has room for are workers. */
function configOf(size: number): Record<string, unknown> {
    const numbers = Array.from({ length: size }, (_, index) => index + 1);
    const worker = { build: { context: "./app" }, scaling: { min: 2, max: 10, cpuPercent: 60 } };
    const services = numbers.map(number => {
        const name = `service-${number}`;
        const route = { hosts: [`${name}.shop.example.com`] };
        return [name, number > MAX_ROUTES ? worker : { ...worker, port: 8080, route }];
    });
    return {
        "aws:region": "ap-northeast-2",
        "fargate:profile": "production",
        "fargate:network": { zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"] },
        "fargate:domain": { name: "shop.example.com", zone: "example.com" },
        "fargate:services": Object.fromEntries(services) as unknown,
    };
}

/** A copy of the project with the stacks that are made up. YAML takes JSON. */
function fillCopy(copy: string): void {
    const isLeftOut = (part: string) => part.startsWith(".") || part === "node_modules";
    const filter = (source: string) => !path.relative(PROJECT_FOLDER, source).split(path.sep).some(isLeftOut);
    cpSync(PROJECT_FOLDER, copy, { recursive: true, filter });
    symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(copy, "node_modules"));
    for (const size of SIZES)
        writeFileSync(path.join(copy, `Pulumi.${stackOf(size)}.yaml`), JSON.stringify({ config: configOf(size) }));
}

interface Run {
    readonly seconds: number;
    /** On a machine with other work, this one still tells. */
    readonly cpuSeconds: number;
    readonly mebibytes: number;
}

/** Wall time of a whole command, and CPU time and largest memory of its Node processes, which a preloaded script writes down at their end. */
function measure({ command, folder: cwd }: Row): Run {
    const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
    const log = path.join(folder, "usage");
    try {
        const [program = "", ...args] = command;
        const NODE_OPTIONS = `--require ${path.join(__dirname, "bench-usage.js")}`;
        const started = process.hrtime.bigint();
        const { status, stderr } = spawnSync(program, args, {
            cwd,
            env: { ...process.env, NODE_OPTIONS, BENCH_LOG: log },
            stdio: ["ignore", "ignore", "pipe"],
            encoding: "utf8",
        });
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status ?? "a signal"}: ${stderr}`);
        const lines = readFileSync(log, "utf8").trim().split("\n");
        const usage = lines.map(line => line.split(" ").map(Number));
        const cpuSeconds = usage.reduce((sum, [, microseconds = NaN]) => sum + microseconds, 0) / 1e6;
        return { seconds, cpuSeconds, mebibytes: Math.max(...usage.map(([kibibytes = NaN]) => kibibytes)) / 1024 };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Stack files that are drawn for the slowest of them. */
const DRAWN = 200;

/** Seconds that the slowest of the drawn stack files takes until it plans or is refused, in this process, and what it says. */
async function slowestDrawn(): Promise<{ readonly seconds: number; readonly config: unknown }> {
    let slowest = { seconds: 0, config: undefined as unknown };
    for (const config of fc.sample(stackConfigs(), { numRuns: DRAWN, seed: 20_261_126 })) {
        const started = process.hrtime.bigint();
        try {
            await planReport("fuzz", "2026-11-26", filesWith("fuzz", config));
        } catch {
            // Refused; that words say so is what tests/settings/fuzz.test.ts is for.
        }
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        if (seconds > slowest.seconds) slowest = { seconds, config };
    }
    return slowest;
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function line(name: string, cells: readonly string[]): void {
    process.stdout.write(`${name.padEnd(24)}${cells.map(cell => cell.padStart(10)).join("")}\n`);
}

export const command = new Command("bench")
    .description("Measure `plan`, and its imports alone, of the stacks here and of larger ones that are made up. Takes minutes.")
    .action(async () => {
        line("", ["median", "fastest", "CPU", "memory"]);
        const copy = mkdtempSync(path.join(tmpdir(), "bench-"));
        try {
            fillCopy(copy);
            for (const row of rows(copy)) {
                const runs = Array.from({ length: RUNS }, () => measure(row)).slice(1);
                const seconds = runs.map(run => run.seconds);
                line(row.name, [
                    `${median(seconds).toFixed(2)} s`,
                    `${Math.min(...seconds).toFixed(2)} s`,
                    `${median(runs.map(run => run.cpuSeconds)).toFixed(2)} s`,
                    `${Math.round(Math.max(...runs.map(run => run.mebibytes)))} MiB`,
                ]);
            }
        } finally {
            rmSync(copy, { recursive: true, force: true });
        }
        const { seconds, config } = await slowestDrawn();
        process.stdout.write(
            `slowest of ${DRAWN} drawn stack files, in one process: ${seconds.toFixed(2)} s\n  ${JSON.stringify(config)}\n`,
        );
    });

if (require.main === module) void runCommand(command);
