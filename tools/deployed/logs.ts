import { once } from "node:events";
import { Command, Option } from "commander";
import { exitCodes, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { say, tell } from "../cli/terminal";
import { untilInterrupted } from "../cli/interrupt";
import { LogEvent, LogReader, logClient } from "./aws/log-events";
import { exportState } from "./engine";
import { settingsIn } from "./images";
import { LineFilter, lineFilter, noLine, since } from "./log-options";
import { logSources } from "./log-sources";
import { logWriter } from "./log-text";
import { lookUntil } from "./looking";
import { openPlace } from "./stack";

interface Options extends SandboxOptions {
    readonly follow?: boolean;
    readonly since: number;
    readonly filter?: LineFilter;
    readonly json?: boolean;
}

const SINCE = "10m";

export const command = new Command("logs")
    .description("What the containers of a deployed stack write: of all tasks, releases and sidecars too. Times are UTC.")
    .argument("<stack>", "name of the stack")
    .argument("[service]", "name of a service or job. Default: all of them")
    .option("-f, --follow", "go on until Ctrl-C")
    .addOption(new Option("--since <time>", "how far back: 30s, 15m, 2h or 3d").argParser(since).default(since(SINCE), SINCE))
    .option("--filter <text>", "only lines with this text, or that a filter pattern of CloudWatch Logs finds", lineFilter)
    .option("--json", "a line of JSON for each line")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText(
        "after",
        [
            "",
            "Examples:",
            "  npm run logs -- dev web --follow",
            '  npm run logs -- prod --since 2h --filter "connection refused"',
            "  npm run logs -- prod nightly --since 1d",
            "  npm run logs -- prod web --filter '{ $.level = \"error\" }'",
            exitCodes(),
        ].join("\n"),
    )
    .showSuggestionAfterError()
    .action(async (stack: string, service: string | undefined, options: Options) => {
        const { follow = false, since: back, filter, json = false, ...where } = options;
        const place = await openPlace(stack, where);
        const settings = settingsIn(place);
        const sources = logSources(await exportState(place), settings, service);
        const client = await logClient(settings.aws);
        const reader = new LogReader(client, sources, { from: Date.now() - back, ...filter });
        const write = logWriter(sources, json);
        let count = 0;
        const show = async (event: LogEvent) => {
            count += 1;
            for (const line of write(event)) say(line, Infinity);
            if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
        };
        endWithItsReader();
        const read = async (signal?: AbortSignal) => {
            for await (const event of reader.read(Date.now(), signal)) await show(event);
        };
        const pause = Math.max(PAUSE, sources.length * PAUSE_FOR_EACH_GROUP);
        if (follow) return untilInterrupted(signal => lookUntil(signal, pause, () => read(signal), tell));
        await read();
        if (count === 0) tell(noLine(back, filter !== undefined, place.isSandbox === true));
    });

/** Between two looks, in seconds. */
const PAUSE = 2;
/** Each log group is a request, and an account may search some ten times a second, whoever does. */
const PAUSE_FOR_EACH_GROUP = 0.5;

/** As `| head` does, which has enough. */
function endWithItsReader(): void {
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") throw error;
        process.exit(0);
    });
}

if (require.main === module) void runCommand(command);
