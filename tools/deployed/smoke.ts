import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { PROJECT_FOLDER, Settings, settingsOf } from "../../settings";
import { isOpenToEverybody } from "../../settings/load-balancer";
import { ExitCode, exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { readStackFiles } from "../cli/stack-files";
import { say } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { exportState } from "./engine";
import { requireRunning } from "./rollouts";
import { Answer, ask } from "./smoke-ask";
import { Target, smokeTargets } from "./smoke-targets";
import { Place, openPlace } from "./stack";

/** Good answers in a row: each comes over a connection of its own, so they meet several tasks and load balancer nodes. */
const IN_A_ROW = 3;
const PAUSE_MS = 1000;

interface Options extends SandboxOptions {
    readonly url?: string;
    readonly withinSeconds: number;
}

export const command = new Command("smoke")
    .description(
        "Ask ECS whether every service of a deployed stack runs what the stack declares, and every routed one through its load balancer. Ends with 1 when one does not, or does not answer well in time.",
    )
    .argument("<stack>", "name of the stack")
    .addHelpText("after", exitCodes())
    .option("--url <url>", "ask this address alone, and not ECS. Default: the stack's output url", address)
    // A new load balancer's name takes a minute to reach every resolver.
    .option("--within-seconds <seconds>", "how long to go on asking", seconds, 180)
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .showSuggestionAfterError()
    .action(async (stack: string, { url, withinSeconds, ...where }: Options) => {
        const files = readStackFiles(PROJECT_FOLDER, stack);
        const settings = settingsOf(files.config, files);
        if (url !== undefined) return askAll(settings, [], url, withinSeconds);
        const place = await openPlace(stack, where);
        const unproven = await requireRunning(place, `${stack} does not run what its last update declared.`, say);
        if (!settings.services.some(({ route }) => route !== undefined))
            return say(`No service of ${stack} has a route: no address to ask.`);
        if (where.sandbox)
            return say("No address was asked: no container runs in the sandbox, and its load balancer answers nobody.");
        if (!isOpenToEverybody(settings))
            return say(
                `No address was asked: the load balancer of ${stack} is not open to everybody. Next, from where it is: npm run smoke -- ${stack} --url ${await deployedUrl(place)}`,
            );
        // Without a task the load balancer answers 503, whatever the service is like.
        return askAll(settings, unproven, await deployedUrl(place), withinSeconds);
    });

async function askAll(settings: Settings, asleep: readonly string[], url: string, withinSeconds: number): Promise<void> {
    const targets = smokeTargets(settings, url);
    for (const { name, route } of settings.services)
        if (route !== undefined && !targets.some(({ service }) => service === name))
            say(
                `${name}: not asked, since its route takes ${(route.methods ?? []).join(", ")} alone, which may change something.`,
            );
    const awake = targets.filter(({ service }) => !asleep.includes(service));
    const results = await Promise.all(awake.map(target => insist(target, withinSeconds, say)));
    if (!results.every(Boolean)) throw new ExitCode(1);
}

/** Time, as it passes between two questions. */
export interface Clock {
    /** In milliseconds. */
    now(): number;
    sleep(milliseconds: number): Promise<unknown>;
}

/** Asks until the answers are good several times in a row; tells each change. */
export async function insist(
    target: Target,
    withinSeconds: number,
    tell: (line: string) => void,
    clock: Clock = { now: Date.now, sleep },
): Promise<boolean> {
    const end = clock.now() + withinSeconds * 1000;
    const method = target.method === "GET" ? "" : `${target.method} `;
    const what = `${target.service}: ${method}${target.address.protocol}//${target.host}${target.path}`;
    let inARow = 0;
    let last: Answer | undefined;
    while (inARow < IN_A_ROW) {
        if (last !== undefined) await clock.sleep(PAUSE_MS);
        if (clock.now() >= end) {
            tell(`${what}  failed: ${last?.text ?? "no time to ask"}`);
            return false;
        }
        const answer = await ask(target);
        if (!answer.isGood && answer.text !== last?.text) tell(`${what}  not yet: ${answer.text}`);
        inARow = answer.isGood ? inARow + 1 : 0;
        last = answer;
    }
    tell(`${what}  ${last?.text ?? ""}, ${IN_A_ROW} good answers in a row`);
    return true;
}

const exported = z.object({
    deployment: z.object({
        resources: z
            .array(z.object({ type: z.string(), outputs: z.object({ url: z.string() }).optional().catch(undefined) }))
            .nullish(),
    }),
});

/** The output `url` of the stack's last update. */
async function deployedUrl(place: Place): Promise<string> {
    const { stack } = place;
    const resources = exported.parse(await exportState(place)).deployment.resources ?? [];
    const url = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs?.url;
    if (url !== undefined) return url;
    throw new UserError(
        `${stack} has no output url, so it was never deployed as its file says. Next: pulumi up --stack ${stack}, or --url.`,
    );
}

function address(text: string): string {
    if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ""))
        throw new InvalidArgumentError("Allowed: http://<host> or https://<host>.");
    return text;
}

function seconds(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > 3600) throw new InvalidArgumentError("Allowed: 1 to 3600 seconds.");
    return value;
}

if (require.main === module) void runCommand(command);
