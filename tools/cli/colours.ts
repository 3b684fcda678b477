import { createColors } from "picocolors";

/** Colours on a terminal that shows them; none in a file, a pipe or a workflow's log, and none where `NO_COLOR` is set (https://no-color.org). */
export function isColoured({ isTTY }: Pick<NodeJS.WriteStream, "isTTY">): boolean {
    return isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}

export const colours = createColors(isColoured(process.stdout));
