import { fitted } from "./table";
import { shown, widthOf } from "./terminal";

/** A text that is renewed in its place. */
export interface Screen {
    /** @param layOut the text for a terminal of that width, in columns */
    show(layOut: (width: number) => string): void;
    /** A line below the last text, until the next one. */
    note(text: string): void;
    /** Leaves the last text behind. */
    end(): void;
}

/** Of terminals: the second screen, which nothing scrolls out of, without a cursor, and lines that end at its edge. */
const ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
const LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
const HOME = "\u001b[H";
const END_OF_LINE = "\u001b[K";
const REST_OF_SCREEN = "\u001b[J";

type Stream = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "rows" | "write" | "on" | "off">;

/** On a terminal a text in its place; elsewhere all of it once, and then what changes, with the time. */
export function openScreen(stream: Stream = process.stdout, now: () => Date = () => new Date()): Screen {
    return stream.isTTY && process.env["TERM"] !== "dumb" ? inPlace(stream) : changing(stream, now);
}

function inPlace(stream: Stream): Screen {
    let layOut: ((width: number) => string) | undefined;
    let below: string[] = [];
    const draw = () => {
        if (layOut === undefined) return;
        const width = widthOf(stream);
        const lines = [...fitted(shown(layOut(width)), width).split("\n"), ...below];
        const room = Math.max(2, stream.rows - 1);
        const left = lines.length - room;
        const seen = left <= 0 ? lines : [...lines.slice(0, room - 1), `… ${left + 1} more lines: make the window higher`];
        // One write, and no line cleared before it is written: nothing flickers.
        stream.write(`${HOME}${seen.map(line => `${line}${END_OF_LINE}`).join("\n")}${REST_OF_SCREEN}`);
    };
    stream.write(ENTER);
    stream.on("resize", draw);
    return {
        show: given => {
            layOut = given;
            below = [];
            draw();
        },
        note: text => {
            below = ["", shown(text)];
            draw();
        },
        end: () => {
            stream.off("resize", draw);
            stream.write(LEAVE);
            const width = widthOf(stream);
            if (layOut !== undefined) stream.write(`${fitted(shown(layOut(width)), width)}\n`);
        },
    };
}

function changing(stream: Stream, now: () => Date): Screen {
    let before: ReadonlySet<string> | undefined;
    // Columns grow with their cells, which changes nothing.
    const key = (line: string) => line.replace(/\s+/g, " ").trim();
    const timed = (line: string) => `${now().toISOString().slice(11, 19)}  ${line}\n`;
    return {
        show: layOut => {
            const lines = shown(layOut(Infinity)).split("\n");
            // The first line is the time.
            const changed = lines.slice(1).filter(line => line.trim() !== "" && before?.has(key(line)) === false);
            stream.write(before === undefined ? `${lines.join("\n")}\n` : changed.map(timed).join(""));
            before = new Set(lines.map(key));
        },
        note: text => void stream.write(timed(shown(text))),
        end: () => undefined,
    };
}
