import { inert } from "../../model/inert-text";
import { colours } from "./colours";

/** Writes a result. Whoever wrote what is in it, it does nothing to a terminal or a workflow. */
export function say(text: string): void {
    process.stdout.write(`${shown(text)}\n`);
}

/** Writes what is no result: a warning, an error, what goes on. */
export function tell(text: string): void {
    process.stderr.write(`${shown(text)}\n`);
}

/** Text as it may be written to a terminal. */
export function shown(text: string): string {
    return inert(text, colours.isColorSupported);
}
