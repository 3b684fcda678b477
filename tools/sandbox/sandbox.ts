import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { Command } from "commander";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { ExitCode, exitCodes, runCommand, today } from "../cli/command";
import { Progress, duration, startProgress } from "../cli/progress";
import { readStackFiles } from "../cli/stack-files";
import { outputWidth, say, shown, tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { planReport } from "../plan/report";
import { Emulator, findEmulator } from "./emulator";
import { NoEngine, asNoEngine, findEngine } from "./engine";
import { buildkitd } from "./engine/built";
import { Operations, collect } from "./operations";
import { deployedCount, destroyedAlready, emulatorFor, isBusy, recover } from "./recovery";
import { countByOperation, describeChanges, describeLacking, describeOutputs } from "./report";
import { declaredCount, sandboxConfig, seedsOf } from "./stack-copy";
import { dropState, openStack } from "./workspace";

/** Holds engine state, emulator and virtual environment; ignored by git. */
const FOLDER = path.join(PROJECT_FOLDER, ".sandbox");
const ENGINE_LOG = path.join(FOLDER, "engine.log");

const NO_ENGINE = 3;
const INTERRUPTED = 130;

/** A closed terminal is Ctrl-C. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface Options {
    readonly verbose?: boolean;
}

/** What an action on a stack gets. */
interface Session {
    readonly stack: Stack;
    readonly emulator: Emulator;
    readonly operations: Operations;
    /** For the engine's runs. */
    readonly run: {
        readonly onEvent: ReturnType<typeof collect>["onEvent"];
        readonly onOutput: (text: string) => void;
        readonly signal: AbortSignal;
    };
}

const command = new Command("sandbox")
    .description(
        "The real Pulumi engine and AWS provider against an AWS emulator on this machine. No account, no cost; nothing is built, and no container runs.",
    )
    .option("--verbose", "show the engine's own output")
    .addHelpText(
        "afterAll",
        exitCodes({ [NO_ENGINE]: "no engine can be had (up and preview show the plan instead)", [INTERRUPTED]: "interrupted" }),
    )
    .showSuggestionAfterError();

command
    .command("up")
    .description("create or update a stack")
    .argument("[stack]", "name of the stack", "dev")
    .action((stack: string) => inSandbox(stack, "up", up));
command
    .command("preview")
    .description("show what an update would change")
    .argument("[stack]", "name of the stack", "dev")
    .action((stack: string) => inSandbox(stack, "preview", preview));
command
    .command("destroy")
    .description("delete a stack; with the last one the emulator ends")
    .argument("[stack]", "name of the stack", "dev")
    .action((stack: string) => inSandbox(stack, "destroy", destroy));
command
    .command("engine")
    .description("find or build the engine, and say which it is")
    .option("--images", "with what builds images, as the tests do")
    .action(engine);
command.command("stop").description("stop the emulator and drop every stack's state").action(stop);

async function up(name: string, { stack, operations, run }: Session, progress: Progress): Promise<string> {
    const started = Date.now();
    const result = await stack.up(run);
    const others = await otherStacks(stack);
    progress.end();
    const outputs = Object.fromEntries(Object.entries(result.outputs).map(([key, { value }]) => [key, value as unknown]));
    const what = countByOperation(operations);
    return [
        `${name} is up on the AWS emulator: ${what}, in ${duration(Date.now() - started)} without preparation.`,
        "Images are not built here: plan counts each as one resource more.",
        "The engine and every call are real; no container runs, and the URL answers nobody.",
        "",
        describeOutputs(outputs),
        "",
        `Next: npm run sandbox -- preview ${name}    after a change in Pulumi.${name}.yaml`,
        `      npm run sandbox -- destroy ${name}    removes the stack${others.length === 0 ? ", its state and the emulator" : ""}`,
    ].join("\n");
}

async function preview(_: string, { stack, operations, run }: Session, progress: Progress): Promise<string> {
    await stack.preview(run);
    progress.end();
    return describeChanges(operations);
}

async function destroy(name: string, { stack, emulator, operations, run }: Session, progress: Progress): Promise<string> {
    const started = Date.now();
    await stack.destroy(run);
    const others = await otherStacks(stack);
    await stack.workspace.removeStack(name);
    if (others.length === 0) {
        await emulator.stop();
        dropState(FOLDER);
    }
    progress.end();
    const rest = others.length === 0 ? "The emulator is stopped." : `The emulator runs on for ${others.join(", ")}.`;
    return `${name} is gone: ${countByOperation(operations)}, in ${duration(Date.now() - started)} without preparation. ${rest}`;
}

/** Stacks that need the emulator: those that hold something, or that a command is at. One that was only previewed needs nothing. */
async function otherStacks({ name, workspace }: Stack): Promise<string[]> {
    const { name: project } = await workspace.projectSettings();
    const others = (await workspace.listStacks()).filter(other => other.name !== name);
    return others.filter(other => (other.resourceCount ?? 0) > 0 || isBusy(FOLDER, project, other.name)).map(other => other.name);
}

async function stop(): Promise<void> {
    const emulator = await findEmulator(FOLDER);
    await emulator?.stop();
    dropState(FOLDER);
    say(emulator === undefined ? "No emulator was running; state is dropped." : "The emulator is stopped, its state dropped.");
}

async function engine({ images = false }: { readonly images?: boolean }): Promise<void> {
    mkdirSync(FOLDER, { recursive: true });
    const progress = startProgress("engine");
    const wishes = {
        folder: FOLDER,
        images,
        tell: (what: string) => progress.now(() => what),
        done: (line: string) => progress.line(line),
    };
    try {
        const { description } = await findEngine(FOLDER, wishes.tell, wishes);
        if (images) await buildkitd(wishes);
        say(description);
    } catch (error) {
        if (!(error instanceof NoEngine)) throw error;
        tell(error.message);
        throw new ExitCode(NO_ENGINE);
    } finally {
        progress.end();
    }
}

type Action = (name: string, session: Session, progress: Progress) => Promise<string>;

/** Opens the sandbox for one action. An interrupt ends that action alone: what it made stays, and so do emulator and other stacks. */
async function inSandbox(name: string, title: string, action: Action): Promise<void> {
    const files = readStackFiles(PROJECT_FOLDER, name);
    const settings = settingsOf(files.config, files);
    forgetRealAccount();
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(ENGINE_LOG, "");
    const already = title === "destroy" ? await destroyedAlready(FOLDER, name) : undefined;
    if (already !== undefined) return say(already);

    const abort = new AbortController();
    const onSignal = () => abort.abort();
    // Not once: npm hands on what the terminal has sent already, and a second signal would end this process in the middle of its work.
    for (const signal of SIGNALS) process.on(signal, onSignal);
    const progress = startProgress(`${title} ${name}`);
    let total: number | undefined;
    const { operations, onEvent } = collect(progress, () => total);
    let lackingNow = () => Promise.resolve<string[]>([]);
    try {
        const tell = (what: string) => progress.now(() => what);
        tell("looking for the engine");
        const engine = await findEngine(FOLDER, tell, { signal: abort.signal, done: line => progress.line(line) });
        tell("looking for the emulator");
        const emulator = await emulatorFor(FOLDER, tell, line => progress.line(line));
        tell("preparing the account");
        const lacking = await emulator.lacking();
        lackingNow = async () => describeLacking(lacking, await emulator.lacking().catch(() => []));
        const seeded = await emulator.seed(seedsOf(settings));
        const config = sandboxConfig(files, settings, seeded);
        const stack = await openStack({ folder: FOLDER, stack: name, config, emulator, engine });
        const recovered = await recover({ folder: FOLDER, project: files.project, stack, emulator, onOutput });
        if (recovered !== undefined) progress.line(recovered);
        total = title === "destroy" ? await deployedCount(stack) : await declaredCount(files);
        tell("starting the engine");
        abort.signal.throwIfAborted();
        const text = await action(
            name,
            { stack, emulator, operations, run: { onEvent, onOutput, signal: abort.signal } },
            progress,
        );
        say(`${text}\n\nEngine: ${engine.description}`);
    } catch (error) {
        progress.end();
        if (abort.signal.aborted) {
            tell(
                `Interrupted: ${title} ${name} has ended, and what it made stays in the sandbox.\nNext: npm run sandbox -- up ${name} goes on; npm run sandbox -- destroy ${name} removes it.`,
            );
            throw new ExitCode(INTERRUPTED);
        }
        const reason = asNoEngine(error);
        if (reason instanceof NoEngine) return await insteadOfEngine(name, title, reason);
        if (error instanceof UserError || operations.errors.length === 0) throw error;
        const whole = `The engine's whole output is in ${path.relative(process.cwd(), ENGINE_LOG)}.`;
        throw new UserError([...new Set(operations.errors), whole, ...(await lackingNow())].join("\n"));
    } finally {
        progress.end();
        for (const signal of SIGNALS) process.off(signal, onSignal);
    }
}

function onOutput(text: string): void {
    appendFileSync(ENGINE_LOG, text);
    if (command.opts<Options>().verbose) process.stderr.write(shown(text));
}

/** No credential and no profile of the user's reaches the engine. */
function forgetRealAccount(): void {
    for (const name of Object.keys(process.env)) {
        if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
    }
}

/** The plan, where it answers what was asked; the reason stands above and below it. */
async function insteadOfEngine(name: string, title: string, { message }: NoEngine): Promise<never> {
    tell(message);
    if (title !== "destroy") {
        tell("Here is the plan instead, which needs Node alone.\n");
        say((await planReport(name, today(), undefined, outputWidth())).text);
        tell(`\nThis was the plan, since there is no engine. ${message}`);
    }
    throw new ExitCode(NO_ENGINE);
}

void runCommand(command);
