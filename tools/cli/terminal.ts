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

/** Prints a result, broken where the terminal ends. */
export function say(text: string): void {
    process.stdout.write(`${fitted(text, outputWidth())}\n`);
}

/** Says something beside the result. */
export function tell(text: string): void {
    process.stderr.write(`${fitted(text, widthOf(process.stderr))}\n`);
}
