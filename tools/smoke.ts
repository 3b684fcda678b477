import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { PROJECT_FOLDER, settingsOf } from "../settings";
import { ExitCode, runCommand } from "./command";
import { Answer, ask } from "./smoke-ask";
import { Target, smokeTargets } from "./smoke-targets";
import { readStackFiles } from "./stack-files";

/** Good answers in a row: each comes over a connection of its own, so they meet several tasks and load balancer nodes. */
const IN_A_ROW = 3;
const PAUSE_MS = 1000;

interface Options {
    readonly url?: string;
    readonly withinSeconds: number;
}

const command = new Command("smoke")
    .description("Ask every routed service of a deployed stack through its load balancer. Ends with 1 when one does not answer well in time.")
    .argument("<stack>", "name of the stack")
    .option("--url <url>", "address of the load balancer. Default: the stack's output url", address)
    // A new load balancer's name takes a minute to reach every resolver.
    .option("--within-seconds <seconds>", "how long to go on asking", seconds, 180)
    .showSuggestionAfterError()
    .action(async (stack: string, { url, withinSeconds }: Options) => {
        const files = readStackFiles(PROJECT_FOLDER, stack);
        const { services } = settingsOf(files.config, files);
        if (!services.some(({ route }) => route)) return say(`No service of ${stack} has a route: nothing to ask.`);
        const targets = smokeTargets(services, url ?? (await deployedUrl(stack)));
        const end = Date.now() + withinSeconds * 1000;
        const results = await Promise.all(targets.map(target => insist(target, end)));
        if (!results.every(Boolean)) throw new ExitCode(1);
    });

/** Asks until the answers are good several times in a row; tells each change. */
async function insist(target: Target, end: number): Promise<boolean> {
    const what = `${target.service}: ${target.address.protocol}//${target.host}${target.path}`;
    let inARow = 0;
    let last: Answer | undefined;
    while (inARow < IN_A_ROW) {
        if (last !== undefined) await sleep(PAUSE_MS);
        if (Date.now() >= end) {
            say(`${what}  failed: ${last?.text ?? "no time to ask"}`);
            return false;
        }
        const answer = await ask(target);
        if (!answer.isGood && answer.text !== last?.text) say(`${what}  not yet: ${answer.text}`);
        inARow = answer.isGood ? inARow + 1 : 0;
        last = answer;
    }
    say(`${what}  ${last?.text ?? ""}, ${IN_A_ROW} good answers in a row`);
    return true;
}
