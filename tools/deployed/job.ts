import { Command } from "commander";
import { z } from "zod";
import { clientsFor } from "../../lookups/aws-clients";
import { taskRunner } from "../../lookups/run-task";
import { harmlessLines } from "../../model/log-line";
import { COUNT_VARIABLE, INDEX_VARIABLE } from "../../model/state-machine";
import { DeclaredRun, RunOutcome, RunTask, exitCodeOfRun } from "../../model/task-run";
import { endText, jobFailureText } from "../../model/task-run-text";
import type { ServiceFacts } from "../../model/verdict-facts";
import type { Settings } from "../../settings";
import { Answer, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { say, tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { exportState } from "./engine";
import { resourcesOf, settingsIn } from "./images";
import { openPlace } from "./stack";

/** Characters of a line of its log that are shown. */
const LINE = 4000;

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("job")
    .description(
        "Run a job of a deployed stack once, show its log, and end with its exit code. Ctrl-C stops it; a second Ctrl-C leaves while it stops.",
    )
    .argument("<stack>", "name of the stack")
    .argument("<name>", "name of the job")
    .argument("[command...]", "after --: a program and its arguments, which replace the job's command. Default: the job's own")
    .option("--json", "what became of it as data, its log on the error output")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", exitCodes({ 124: "out of time", 130: "interrupted" }) + " Others are the job's own.")
    .showSuggestionAfterError()
    .action(async (stack: string, name: string, words: readonly string[], { json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const settings = settingsIn(place);
        const declared = jobIn(await exportState(place), stack, name, words, settings);
        const run = taskRunner(() => clientsFor(settings.aws));
        print(await runJob(declared, factsOf(name, settings), run, json ? tell : line => say(line, Infinity)), json);
    });

const ofJob = z.object({
    taskDefinition: z.string(),
    cluster: z.string(),
    subnetIds: z.array(z.string()),
    securityGroupId: z.string(),
    logGroup: z.string(),
    container: z.string(),
});

/**
 * The job as the stack's last update made it.
 *
 * @throws UserError where there is none of that name
 */
export function jobIn(
    state: unknown,
    stack: string,
    name: string,
    words: readonly string[],
    settings: Pick<Settings, "jobs">,
): DeclaredRun {
    const outputs = resourcesOf(state).find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
    const jobs = z.record(z.string(), ofJob).parse(outputs?.["jobs"] ?? {});
    const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
    if (job === undefined) {
        const names = Object.keys(jobs);
        const allowed = names.length === 0 ? "none: its last update made no job" : names.join(", ");
        throw new UserError(`${stack} has no job ${name}. Allowed: ${allowed}. Next: fargate:jobs, then npm run up -- ${stack}`);
    }
    const { timeoutMinutes: minutes, parallel = 1 } = taskOf(name, settings) ?? {};
    return {
        ...job,
        name,
        startedBy: `job/${name}`,
        ...(words.length > 0 && { command: words }),
        // One task, which has all of the work.
        ...(parallel > 1 && { environment: { [INDEX_VARIABLE]: "0", [COUNT_VARIABLE]: "1" } }),
        ...(minutes !== undefined && { atMostSeconds: minutes * 60 }),
    };
}

function taskOf(name: string, { jobs }: Pick<Settings, "jobs">) {
    return jobs.find(job => job.name === name);
}

/** What advice quotes; nothing where the stack's file has the job no more. */
export function factsOf(name: string, settings: Pick<Settings, "jobs">): ServiceFacts | undefined {
    const task = taskOf(name, settings);
    return task && { ...task, section: "jobs", spotPercent: 0, health: { path: "", gracePeriodSeconds: 0 } };
}

/** Runs a job to its end. The first SIGINT or SIGTERM stops it; the next one leaves it to ECS. */
export async function runJob(
    declared: DeclaredRun,
    facts: ServiceFacts | undefined,
    run: RunTask,
    write: (line: string) => void,
): Promise<Answer> {
    const aborter = new AbortController();
    const stop = (signal: NodeJS.Signals) => {
        if (aborter.signal.aborted) leave(declared);
        tell(`${declared.name}: ${signal}, so it is stopped. Once more: leave while it stops.`);
        aborter.abort();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    try {
        const outcome = await run(declared, {
            tell: line => tell(`${declared.name} ${line}`),
            write: lines => harmlessLines(lines, LINE).forEach(write),
            signal: aborter.signal,
        }).catch((error: unknown) => {
            throw new UserError(error instanceof Error ? error.message : String(error));
        });
        return answerOf(outcome, declared, facts);
    } finally {
        process.off("SIGINT", stop).off("SIGTERM", stop);
    }
}

function leave({ name }: DeclaredRun): never {
    tell(`${name} was told to stop, and is left to it.`);
    process.exit(exitCodeOfRun({ kind: "interrupted" }));
}

function answerOf(outcome: RunOutcome, declared: DeclaredRun, facts: ServiceFacts | undefined): Answer {
    const { verdict, task, elapsedSeconds } = outcome;
    const isGood = verdict.kind === "succeeded";
    const exitCode = exitCodeOfRun(verdict);
    return {
        text: isGood ? `${declared.name} ${endText(outcome)}.` : jobFailureText(outcome, declared, facts),
        data: {
            job: declared.name,
            verdict: verdict.kind,
            exitCode,
            seconds: Math.round(elapsedSeconds),
            task: task.id,
            reason: task.reason,
        },
        exitCode,
    };
}

if (require.main === module) void runCommand(command);
