import { harmless } from "./log-line";
import { revisionOf } from "./rollout-state";
import { inWords } from "./rollout-wait";
import { shellWords } from "./shell-words";
import { DeclaredRun, RunOutcome, RunVerdict } from "./task-run";
import { knownCause } from "./verdict-advice";
import type { ServiceFacts } from "./verdict-facts";
import { block, logLines, stoppedLines } from "./verdict-text";

/** Characters of a command that are shown. */
const COMMAND = 120;

/** A command as somebody would type it. */
export function typed(command: readonly string[]): string {
    return harmless(shellWords(command), COMMAND);
}

/** The same in a sentence. */
export function commandText(command: readonly string[]): string {
    return `\`${typed(command)}\``;
}

/** `exit code 0 after 12 s`, `timed out after 10 min 00 s`. */
export function endText({ verdict, elapsedSeconds }: RunOutcome): string {
    return `${howText(verdict)} after ${inWords(elapsedSeconds)}`;
}

function howText(verdict: RunVerdict): string {
    switch (verdict.kind) {
        case "succeeded":
            return "succeeded, exit code 0,";
        case "failed":
            return verdict.exitCode === undefined ? "failed, its container never ran," : `failed, exit code ${verdict.exitCode},`;
        case "timed out":
            return "timed out and was stopped";
        case "interrupted":
            return "was interrupted and stopped";
        case "stopped":
            return "was stopped by somebody else";
    }
}

/** The readable block about a release that did not succeed: the service was not moved. */
export function releaseFailureText(
    outcome: RunOutcome,
    { name, command = [], taskDefinition }: DeclaredRun,
    facts: ServiceFacts,
): string {
    return block(`${name}: its release ${commandText(command)} ${endText(outcome)}, and the service stays as it was.`, [
        ["would run", revisionOf(taskDefinition)],
        ...explained(outcome, facts),
        ["log", outcome.log && logLines(outcome.log)],
        ["next", "fix it, then pulumi up. A release runs again until it succeeds, and then never again for its revision."],
    ]);
}

/** The readable block about a job that did not succeed, whose log was told already. */
export function jobFailureText(outcome: RunOutcome, { name }: DeclaredRun, facts: ServiceFacts | undefined): string {
    return block(`${name} ${endText(outcome)}.`, explained(outcome, facts));
}

function explained({ verdict, task, log }: RunOutcome, facts: ServiceFacts | undefined): Parameters<typeof block>[1] {
    const cause = verdict.kind === "failed" ? knownCause({ task, log: log?.lines }) : undefined;
    return [
        ["cause", facts && cause?.advice(facts)],
        ["task", stoppedLines(task)],
    ];
}
