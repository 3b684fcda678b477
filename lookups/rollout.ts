import { setTimeout as sleep } from "node:timers/promises";
import { DeclaredRollout, Observation, revisionOf } from "../model/rollout-state";
import { inWords } from "../model/rollout-wait";
import { Outcome, Watch, failuresOf, isFailed, verdictOf } from "../model/verdict";
import { progressText } from "../model/verdict-text";
import type { Clients } from "./aws-clients";
import { obstacleOf } from "./aws-connection";
import { containerLog, observe } from "./rollout-questions";

/** Time, so that a test need not wait for it; both in milliseconds. */
export interface Clock {
    now(): number;
    /** @throws the signal's reason where it is aborted */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const CLOCK: Clock = {
    now: () => performance.now(),
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

/** Between two looks, in seconds: short at first, since an update that changed nothing has nothing to wait for. */
const PAUSES = [1, 2, 3];
const LATER_PAUSE = 5;
/** A first answer may be from before the update, so that a good one counts when it is given twice, so long apart, in seconds. */
const CONFIRMING_PAUSE = 2;
/** A look is up to five requests, and an account may ask ECS about 20 things a second. */
const SECONDS_FOR_EACH_SERVICE = 0.4;
/** The longest pause after requests that failed. */
export const LONGEST_PAUSE = 30;
/** So long AWS may not answer before the wait is given up, in seconds. */
export const PATIENCE = 120;
/** Progress is told at least so often, in seconds. */
const HEARTBEAT = 15;

/** What to do about a failure that nothing else explains. */
const RIGHTS =
    "check credentials and the rights to ecs:DescribeServices, ecs:ListServiceDeployments and ecs:DescribeServiceRevisions";

/**
 * A watch over rollouts, several at a time. It only looks, and nothing is left behind when it ends early.
 *
 * @param connect is called once, when something is to be watched
 */
export function rolloutWatch(connect: () => Promise<Clients>, clock: Clock = CLOCK): Watch {
    let clients: Promise<Clients> | undefined;
    let watched = 0;
    return async (declared, tell, signal) => {
        watched += 1;
        try {
            clients ??= connect();
            return await watch(await clients, declared, tell, clock, () => watched * SECONDS_FOR_EACH_SERVICE, signal);
        } catch (error) {
            signal?.throwIfAborted();
            const connected = await clients?.catch(() => undefined);
            const advice = obstacleOf(error, connected) ?? RIGHTS;
            throw new Error(
                `ECS cannot be asked whether ${declared.service} runs ${revisionOf(declared.taskDefinition)}: ${reasonOf(error)}. ` +
                    `Whether the rollout works is not known, and it goes on by itself. Next: ${advice}, then run the same update again.`,
                { cause: error },
            );
        } finally {
            watched -= 1;
        }
    };
}

async function watch(
    clients: Clients,
    declared: DeclaredRollout,
    tell: (line: string) => void,
    clock: Clock,
    shortestPause: () => number,
    abortSignal: AbortSignal | undefined,
): Promise<Outcome> {
    const started = clock.now();
    const elapsed = () => (clock.now() - started) / 1000;
    const tellChange = changes(tell, elapsed, declared);
    let sick: Observation["targets"] | undefined;
    let failures = 0;
    let answeredAt = 0;
    let wasGood = false;
    for (let looks = 0; ; looks++) {
        try {
            const observation = await observe(clients, declared, { abortSignal });
            if (observation.targets.some(({ state }) => state === "unhealthy")) sick = observation.targets;
            const verdict = verdictOf(observation, declared, elapsed());
            const isGood = verdict.kind === "running" || verdict.kind === "unproven";
            if (verdict.kind === "under way") tellChange(progressText(verdict.phase, observation, declared));
            else if (!isGood || wasGood) return await withEvidence({ verdict, observation, elapsedSeconds: elapsed() });
            wasGood = isGood;
            failures = 0;
            answeredAt = elapsed();
        } catch (error) {
            if (!mayPass(error) || elapsed() - answeredAt > PATIENCE) throw error;
            failures += 1;
            tellChange(`AWS does not answer, asking again: ${reasonOf(error)}`);
        }
        const pause = Math.max(wasGood ? CONFIRMING_PAUSE : (PAUSES[looks] ?? LATER_PAUSE), shortestPause());
        await clock.sleep(Math.min(LONGEST_PAUSE, pause * 2 ** failures) * 1000, abortSignal);
    }

    async function withEvidence(outcome: Outcome): Promise<Outcome> {
        if (!isFailed(outcome) || outcome.observation.service === undefined) return outcome;
        // Targets of failed tasks are gone when the rollout has ended: the last time that one was unhealthy tells why.
        const observation = { ...outcome.observation, targets: sick ?? outcome.observation.targets };
        try {
            const failed = failuresOf(observation, declared.taskDefinition);
            return { ...outcome, observation, log: await containerLog(clients, declared, failed, { abortSignal }) };
        } catch (error) {
            const unseen = [...observation.unseen, `the log: ${reasonOf(error)}`];
            return { ...outcome, observation: { ...observation, unseen } };
        }
    }
}

/** Tells a text, with the time, when it is another one, and otherwise now and then. */
function changes(tell: (line: string) => void, elapsed: () => number, { wait }: DeclaredRollout): (text: string) => void {
    let last: { readonly text: string; readonly at: number } | undefined;
    return text => {
        if (last?.text === text && elapsed() - last.at < HEARTBEAT) return;
        last = { text, at: elapsed() };
        tell(`${text}, ${inWords(elapsed())} of about ${inWords(wait.usualSeconds)}`);
    };
}

/** Failures of the network and of busy servers, which the next look may not meet. */
export function mayPass(error: unknown): boolean {
    const { name, code, $retryable, $metadata } = error as {
        readonly name?: string;
        readonly code?: string;
        readonly $retryable?: unknown;
        readonly $metadata?: { readonly httpStatusCode?: number };
    };
    const status = $metadata?.httpStatusCode ?? 0;
    return (
        $retryable !== undefined ||
        status >= 500 ||
        status === 429 ||
        /Throttl|TooManyRequests|RequestLimitExceeded|Timeout/.test(name ?? "") ||
        /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code ?? "")
    );
}

/** The first line of what went wrong, with its kind. */
export function reasonOf(error: unknown): string {
    const [first = ""] = String(error instanceof Error ? `${error.name}: ${error.message}` : error).split("\n", 1);
    return first;
}
