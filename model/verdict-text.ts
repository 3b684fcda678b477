import { harmless, harmlessLines } from "./log-line";
import { DeclaredRollout, Observation, StoppedTask, revisionOf } from "./rollout-state";
import { inWords } from "./rollout-wait";
import { ContainerLog, Failure, Outcome, Phase, begunAt, failuresOf } from "./verdict";
import { causeOf, causeOfReason } from "./verdict-advice";
import { ServiceFacts, factsOfContainer, failedContainer } from "./verdict-facts";

/** Failed tasks that are shown of many. */
const SHOWN_TASKS = 3;
/** Characters of a reason: Fargate cuts its own off at some hundred. */
const REASON = 500;

const PHASES: Record<Phase, string> = {
    settling: "making sure that ECS knows of the update",
    beginning: "waiting for ECS to begin",
    starting: "starting tasks",
    checking: "checking their health",
    leaving: "old tasks leave",
};

/** What ECS is at: `starting tasks, 1 of 2 running, 0 of 1 targets healthy`. */
export function progressText(phase: Phase, observation: Observation, { taskDefinition }: DeclaredRollout): string {
    const { service, targets } = observation;
    const deployment = service?.deployments.find(one => one.taskDefinition === taskDefinition);
    return [
        PHASES[phase],
        ...(deployment === undefined ? [] : [`${deployment.running} of ${deployment.desired} running`]),
        ...(targets.length === 0 ? [] : [`${healthy(observation)} of ${targets.length} targets healthy`]),
    ].join(", ");
}

/** What two looks at a rollout that is over take, in seconds. */
const NOTHING_TO_WAIT_FOR = 4;

/** One line at a good end. */
export function successText({ verdict, observation, elapsedSeconds }: Outcome, declared: DeclaredRollout): string {
    const revision = revisionOf(declared.taskDefinition);
    if (verdict.kind === "unproven")
        return `${declared.service} is ${revision}, unproven: no task is desired, so that none shows whether it works.`;
    const { running = 0, desired = 0 } = observation.service ?? {};
    const { length } = observation.targets;
    return [
        `${declared.service} runs ${revision}: ${running} of ${desired} tasks`,
        ...(length === 0 ? [] : [`${healthy(observation)} of ${length} targets healthy`]),
        ...(elapsedSeconds < NOTHING_TO_WAIT_FOR ? [] : [`after ${inWords(elapsedSeconds)}`]),
    ].join(", ");
}

/** The readable block about a rollout that failed. */
export function failureText(outcome: Outcome<Failure>, declared: DeclaredRollout, facts: ServiceFacts, stack: string): string {
    const { verdict, observation, log } = outcome;
    const failures = failuresOf(observation, declared.taskDefinition);
    const events = eventsOf(observation, declared);
    const evidence = { targets: observation.targets, log: log?.lines, events };
    const [first] = failures;
    const reason = "reason" in verdict ? verdict.reason : undefined;
    const cause = causeOfReason(reason) ?? (first && causeOf({ ...evidence, task: first })) ?? causeOf(evidence);
    const sections: Parameters<typeof block>[1] = [
        ["should run", revisionOf(declared.taskDefinition)],
        ["runs", runningText(outcome, declared)],
        ["ECS says", reason && harmless(reason, REASON)],
        ["cause", cause?.advice(factsOfContainer(facts, first && failedContainer(first, facts)))],
        ["failed", failures.length === 0 ? undefined : failedTasks(failures)],
        // A task that could not be placed does not exist: the service's events alone tell of it.
        ["events", failures.length === 0 ? events.slice(0, SHOWN_TASKS).map(event => harmless(event, REASON)) : undefined],
        ["targets", targetLines(observation)],
        ["log", log && logLines(log)],
        ["not seen", observation.unseen.map(sentence => harmless(sentence, REASON))],
        ["next", next(outcome, stack)],
    ];
    return block(`${declared.service}: ${headline(outcome, declared)}`, sections);
}

/** A headline, and what is known below it, by title; what there is nothing to say of is left out. */
export function block(
    headline: string,
    sections: readonly (readonly [title: string, text: string | readonly string[] | undefined])[],
): string {
    return [headline, ...sections.flatMap(([title, text]) => section(title, text))].join("\n");
}

function section(title: string, text: string | readonly string[] | undefined): string[] {
    if (text === undefined || text.length === 0) return [];
    const lines = typeof text === "string" ? [text] : text;
    return lines.map((line, index) => `    ${(index === 0 ? title : "").padEnd(12)}${line}`);
}

function headline({ verdict }: Outcome<Failure>, { wait }: DeclaredRollout): string {
    switch (verdict.kind) {
        case "failed":
            return verdict.reason === undefined
                ? "the rollout cannot succeed any more, though ECS is still trying."
                : "the rollout failed, and there is nothing that ECS could go back to.";
        case "rolled back":
            return {
                "goes back": "the rollout failed, and ECS is going back to what ran before.",
                "went back": "the rollout failed, and ECS went back to what ran before.",
                stuck: "the rollout failed, and so did ECS's way back.",
            }[verdict.how];
        case "stopped":
            return "the rollout was stopped.";
        case "superseded":
            return `another update came after the stack's: ${revisionOf(verdict.by)}.`;
        case "never there":
            return verdict.what === "service" ? "ECS has no such service." : "ECS was never told to run what the stack declares.";
        case "timed out":
            return `no end within ${inWords(wait.atMostSeconds)}: ${PHASES[verdict.phase]}.`;
    }
}

function next({ verdict }: Outcome<Failure>, stack: string): string {
    const retry = `npm run up -- ${stack} --retry`;
    switch (verdict.kind) {
        case "timed out":
            return `ECS goes on by itself; the same update again waits for it. This very rollout starts anew by: ${retry}`;
        case "superseded":
            return `find out who deployed past the stack, then: ${retry}`;
        case "never there":
            return verdict.what === "service" ? `pulumi up --refresh --stack ${stack} makes it again.` : retry;
        default:
            return `fix it, then pulumi up. The same update again fails the same way; this very rollout starts anew by: ${retry}`;
    }
}

function runningText({ verdict, observation }: Outcome<Failure>, { taskDefinition }: DeclaredRollout): string {
    const running = (observation.service?.deployments ?? []).filter(one => one.running > 0);
    if (running.length === 0) return "nothing";
    // A change of the service alone, which ECS took back with all that belongs to it.
    const isBefore = (one: { readonly taskDefinition: string }) =>
        verdict.kind === "rolled back" && one.taskDefinition === taskDefinition;
    return running
        .map(one => {
            const place = isBefore(one) ? ", with the network, capacity and targets of before" : "";
            return `${revisionOf(one.taskDefinition)}, ${count(one.running, "task")}${place}`;
        })
        .join("; ");
}

/** What ECS told of the service since the rollout began, newest first. */
function eventsOf(observation: Observation, { taskDefinition }: DeclaredRollout): string[] {
    const begun = begunAt(observation, taskDefinition);
    if (begun === undefined) return [];
    return (observation.service?.events ?? [])
        .filter(({ at, message }) => at >= begun && TROUBLE.test(message))
        .map(({ message }) => message);
}

/** Events that tell of a fault; others count tasks that start and stop. */
const TROUBLE = /unable|failed|could not|unhealthy|not healthy|misconfigured|limit|unavailable/i;

function failedTasks(failures: readonly StoppedTask[]): string[] {
    const shown = failures.slice(0, SHOWN_TASKS).flatMap(stoppedLines);
    return [`${count(failures.length, "task")}${failures.length > SHOWN_TASKS ? `, the first ${SHOWN_TASKS}:` : ":"}`, ...shown];
}

/** What ECS says of a task that stopped, and of its containers. */
export function stoppedLines({ id, reason, stopCode, containers }: StoppedTask): string[] {
    return [
        [id, harmless([stopCode, reason].filter(Boolean).join(": "), REASON)].filter(Boolean).join(" "),
        ...containers.flatMap(({ name, exitCode, reason: why = "" }) => {
            // Of a container that never ran, ECS only says again what it says of the task.
            const own = reason.includes(why) ? "" : harmless(why, REASON);
            const text = [exitCode === undefined ? "" : `exit code ${exitCode}`, own].filter(Boolean).join(", ");
            return text === "" ? [] : [`    container ${name}: ${text}`];
        }),
    ];
}

function targetLines(observation: Observation): string[] {
    const { targets } = observation;
    if (targets.length === 0) return [];
    const others = targets.filter(({ state }) => state !== "healthy" && state !== "draining");
    return [
        `${healthy(observation)} of ${targets.length} healthy`,
        ...others.map(({ address, state, code, description }) =>
            harmless(`${address} ${[state, code, description].filter(Boolean).join(", ")}`, REASON),
        ),
    ];
}

/** The last lines of a container. */
export function logLines({ task, container, lines }: ContainerLog): string[] {
    const whose = `container ${container} of task ${task}`;
    if (lines.length === 0) return [`${whose} wrote nothing`];
    // The bar keeps a line from being read as a command, such as those of GitHub Actions.
    return [
        `${whose}, ${lines.length === 1 ? "its last line" : `its last ${lines.length} lines`}:`,
        ...harmlessLines(lines).map(line => `| ${line}`),
    ];
}

function healthy({ targets }: Observation): number {
    return targets.filter(({ state }) => state === "healthy").length;
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
