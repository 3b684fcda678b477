import ora from "ora";
import { inertLine } from "../../model/inert-text";
import { isColoured } from "./colours";
import { shown } from "./terminal";

/** Seconds as a person says them. */
export function duration(milliseconds: number): string {
    const seconds = Math.round(milliseconds / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** Tells what goes on, with the time that has passed. */
export interface Progress {
    /** What goes on now; asked again whenever it is shown. */
    now(what: () => string): void;
    /** Something that is done and worth keeping on the screen. */
    line(text: string): void;
    end(): void;
}

/** Narrower than this, a line that moves would say nothing. */
const NARROWEST = 30;

/** Columns of a terminal that shows a line which moves; undefined where none does: a file, a workflow, or a terminal that does not say how wide it is. */
function columns(): number | undefined {
    const { isTTY, columns: wide } = process.stderr;
    const isMoving = isTTY && wide >= NARROWEST && process.env["TERM"] !== "dumb" && !process.env["CI"];
    return isMoving ? wide : undefined;
}

/** A longer line would wrap, and stay behind with every move. */
function cut(text: string, room: number): string {
    return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

/** Room for the spinner itself. */
const SPINNER = 3;

/** Without a terminal, silence would look like a hang: one line at least in this many milliseconds. */
const HEARTBEAT = 15_000;
const TICK = 1000;

/** On a terminal one line that moves, elsewhere a line now and then. Goes to stderr: stdout is for results. */
export function startProgress(title: string): Progress {
    const started = Date.now();
    const elapsed = () => duration(Date.now() - started);
    let current: (() => string) | undefined;
    if (columns() !== undefined) {
        // It colours itself whatever NO_COLOR says.
        const color = isColoured(process.stderr) ? "cyan" : false;
        const spinner = ora({ text: inertLine(title), stream: process.stderr, discardStdin: false, color }).start();
        const show = () =>
            (spinner.text = cut(inertLine(`${title}  ${elapsed()}  ${current?.() ?? ""}`), (columns() ?? NARROWEST) - SPINNER));
        const timer = setInterval(show, TICK);
        return {
            now: what => {
                current = what;
                show();
            },
            line: text => {
                spinner.clear();
                process.stderr.write(`${shown(text)}\n`);
                spinner.render();
            },
            end: () => {
                clearInterval(timer);
                spinner.stop();
            },
        };
    }
    let last = Date.now();
    const write = (text: string) => {
        last = Date.now();
        process.stderr.write(`${shown(text)}\n`);
    };
    const timer = setInterval(() => {
        if (Date.now() - last >= HEARTBEAT) write(`${title}  ${elapsed()}  ${current?.() ?? ""}`);
    }, TICK);
    return {
        now: what => {
            if (current === undefined) write(`${title}  ${elapsed()}  ${what()}`);
            current = what;
        },
        line: write,
        end: () => clearInterval(timer),
    };
}
