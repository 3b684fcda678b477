import { inert } from "../../model/inert-text";
import { colours } from "./colours";
import { fitted } from "./table";

/** A line of a narrower terminal would hold no word. */
const NARROWEST = 40;

/** Columns of the terminal that a stream shows; no end in a file, a pipe, or a terminal that does not say. */
export function widthOf({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number {
    return isTTY && columns > 0 ? Math.max(columns, NARROWEST) : Infinity;
}

/** For texts that lay themselves out. */
export function outputWidth(): number {
    return widthOf(process.stdout);
}

/** Prints a result, broken where the terminal ends. Whoever wrote what is in it, it does nothing to a terminal or a workflow. */
export function say(text: string, width = outputWidth()): void {
    process.stdout.write(`${fitted(shown(text), width)}\n`);
}

/** Says something beside the result: a warning, an error, what goes on. */
export function tell(text: string): void {
    process.stderr.write(`${fitted(shown(text), widthOf(process.stderr))}\n`);
}

/** Text as it may be written to a terminal. */
export function shown(text: string): string {
    return inert(text, colours.isColorSupported);
}
