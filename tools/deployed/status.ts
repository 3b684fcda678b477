import { Command } from "commander";
import { clientsFor } from "../../lookups/aws-clients";
import { connectionFor } from "../../lookups/aws-connection";
import { Answer, exitCodes, print, runCommand } from "../cli/command";
import { untilInterrupted } from "../cli/interrupt";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { openScreen } from "../cli/screen";
import { outputWidth, say, tell } from "../cli/terminal";
import { pricesIn } from "../cost/prices/prices";
import { exportState } from "./engine";
import { settingsIn } from "./images";
import { Rate, rateOf, rateText, restOf } from "./rate";
import { lookUntil } from "./looking";
import { Place, openPlace } from "./stack";
import { statusData } from "./status-data";
import { StackNow, lookAt, partsIn } from "./status-now";
import { statusText } from "./status-text";

interface Options extends SandboxOptions {
    readonly watch?: boolean;
    readonly json?: boolean;
}

/** Between two looks, in seconds; a service is some requests, and an account may ask ECS about 20 things a second. */
const PAUSE = 5;
const PAUSE_FOR_EACH_SERVICE = 0.5;

export const command = new Command("status")
    .description(
        "What a deployed stack runs now: tasks, rollouts, health, alarms, last events, and what its tasks cost. It ends with 0 whatever it sees; smoke is what fails.",
    )
    .argument("<stack>", "name of the stack")
    .option("-w, --watch", "renew it until Ctrl-C; where no terminal shows it, print what changes")
    .option("--json", "the same as data; with --watch a line for each change")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText(
        "after",
        ["", "Examples:", "  npm run status -- prod", "  npm run status -- prod --watch", exitCodes()].join("\n"),
    )
    .showSuggestionAfterError()
    .action(async (stack: string, { watch = false, json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const look = await looks(place);
        if (!watch) return print(await look(AbortSignal.timeout(10 * 60_000)), json);
        await untilInterrupted(signal => watched(look, json, settingsIn(place).services.length, signal));
    });

type Look = (signal: AbortSignal) => Promise<Answer & { readonly laidOut: (width: number) => string }>;

/** Looks at one stack, as often as it is called; the stack's state is read once. */
async function looks(place: Place): Promise<Look> {
    const settings = settingsIn(place);
    const { stack, region } = settings;
    const parts = partsIn(await exportState(place), settings);
    const [clients, connection, rest] = await Promise.all([
        clientsFor(settings.aws),
        connectionFor(settings.aws),
        restOf(stack, place.files),
    ]);
    const prices = pricesIn(region);
    return async signal => {
        const now: StackNow = await lookAt({ clients, connection }, parts, stack, signal);
        const rate: Rate | undefined = prices && now.tasks && rateOf(now.tasks, settings, prices);
        const cost = rate && rateText(rate, rest);
        const laidOut = (width: number) => statusText(now, { stack, region, cost, width });
        const data = statusData(now, { stack, region, rate, restMonthUsd: rest });
        return { text: laidOut(outputWidth()), data, exitCode: 0, laidOut };
    };
}

async function watched(look: Look, json: boolean, services: number, signal: AbortSignal): Promise<void> {
    const screen = json ? undefined : openScreen();
    let last = "";
    const show = async () => {
        const { data, laidOut } = await look(signal);
        screen?.show(laidOut);
        const line = JSON.stringify({ ...(data as object), at: undefined });
        if (json && line !== last) say(JSON.stringify(data), Infinity);
        last = line;
    };
    try {
        const pause = Math.max(PAUSE, services * PAUSE_FOR_EACH_SERVICE);
        await lookUntil(signal, pause, show, text => (screen === undefined ? tell(text) : screen.note(text)));
    } finally {
        screen?.end();
    }
}

if (require.main === module) void runCommand(command);
