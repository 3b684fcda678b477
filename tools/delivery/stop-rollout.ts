import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { revisionOf } from "../../model/rollout-state";
import { inWords } from "../../model/rollout-wait";
import { Answer, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { answerOf } from "../deployed/aws/refusal";
import { OpenRollout, WayBack, openRollout, rollBack, wayBack } from "../deployed/aws/running-service";
import { openPlace } from "../deployed/stack";
import { liveService } from "./live-service";

/** Between two looks, in seconds. */
const PAUSE = 5;

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("stop-rollout")
    .description(
        "Stop the rollout of a service that is under way, and go back to the revision that ran before, now. Waits until that runs. An update that waits for the rollout fails.",
    )
    .argument("<stack>", "name of the stack")
    .argument("[service]", "name of the service. Default: the only one")
    .option("--json", "what became of it as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run stop-rollout -- prod web\n${exitCodes()}`)
    .showSuggestionAfterError()
    .action(async (stack: string, name: string | undefined, { json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const live = await liveService(place, name);
        const { clients, rollout, connection } = live;
        const { service } = rollout;
        const open = await answerOf(
            `the rollouts of ${service}`,
            "ecs:ListServiceDeployments",
            openRollout(clients, rollout),
            connection,
        );
        if (open === undefined)
            return print(
                {
                    text: `${service}: no rollout is under way. What runs: npm run status -- ${stack}`,
                    data: { service, stopped: false },
                    exitCode: 0,
                },
                json,
            );
        if (open.from === undefined)
            throw new UserError(
                `${service}: ${revisionOf(open.to)} is its first revision, so that there is none to go back to. Next: mend it, then npm run up -- ${stack}`,
            );
        await answerOf(`the way back of ${service}`, "ecs:StopServiceDeployment", rollBack(clients, open), connection);
        tell(`${service}: stopped ${revisionOf(open.to)}, going back to ${revisionOf(open.from)}. Ctrl-C leaves it to ECS.`);
        const look = () =>
            answerOf(`the way back of ${service}`, "ecs:DescribeServiceDeployments", wayBack(clients, open), connection);
        const line = (text: string) => tell(`${service}: ${text}`);
        print(await gone({ service, stack, open, atMostSeconds: rollout.wait.atMostSeconds }, look, line), json);
    });

interface Going {
    readonly service: string;
    readonly stack: string;
    readonly open: OpenRollout;
    readonly atMostSeconds: number;
}

/** Time, so that a test need not wait for it; both in milliseconds. */
export interface Clock {
    now(): number;
    sleep(milliseconds: number): Promise<unknown>;
}

/** Waits until ECS has gone back, and says how that ended. */
export async function gone(
    { service, stack, open, atMostSeconds }: Going,
    look: () => Promise<WayBack>,
    line: (text: string) => void,
    clock: Clock = { now: () => performance.now(), sleep },
): Promise<Answer> {
    const since = clock.now();
    const [to, from] = [revisionOf(open.to), revisionOf(open.from ?? "")];
    for (let told = ""; ;) {
        const { status, reason, running, desired } = await look();
        const seconds = Math.round((clock.now() - since) / 1000);
        const data = { service, stopped: true, from: to, to: from, status, seconds };
        if (status === "ROLLBACK_SUCCESSFUL")
            return {
                text: `${service} runs ${from} again, after ${inWords(seconds)}. The stack still declares ${to}. Next: mend it, then npm run up -- ${stack}; or npm run rollback -- ${stack}`,
                data,
                exitCode: 0,
            };
        const why = reason === undefined ? "" : `: ${reason}`;
        if (status === "SUCCESSFUL")
            return {
                text: `${service}: the rollout of ${to} had ended well before it was stopped. Next: npm run rollback -- ${stack}`,
                data,
                exitCode: 1,
            };
        if (/FAILED|^STOPPED/.test(status))
            return {
                text: `${service}: ECS did not get back to ${from}, ${status}${why}. Next: npm run smoke -- ${stack}`,
                data,
                exitCode: 1,
            };
        if (seconds >= atMostSeconds)
            return {
                text: `${service}: after ${inWords(seconds)} ECS is not back at ${from}, and goes on by itself. Next: npm run smoke -- ${stack}`,
                data,
                exitCode: 1,
            };
        const text = `going back, ${running} of ${desired} tasks of ${from} running`;
        if (text !== told) line(text);
        told = text;
        await clock.sleep(PAUSE * 1000);
    }
}

if (require.main === module) void runCommand(command);
