import { inert, inertLine } from "../../model/inert-text";

/** Text that other people wrote, as Markdown that says just that: no mention, link, image, heading, HTML or comment. */

/** Of backticks. GitHub takes no run of more than 80 for code, and counts a fence to 255 (cmark-gfm, `MAXBACKTICKS` and `fence_length`). */
export const LONGEST_FENCE = 20;
const TOO_LONG = new RegExp(`\`{${LONGEST_FENCE},}`, "g");

/** A code span that no text can end. */
export function code(text: string): string {
    const line = withShortRuns(inertLine(text)) || '""';
    const fence = fenceFor(line, 1);
    const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code that no text can end. */
export function codeBlock(text: string): string {
    const shown = withShortRuns(inert(text));
    const fence = fenceFor(shown, 3);
    return `${fence}text\n${shown}\n${fence}`;
}

const PLAIN = /^[\p{L}\d .,:;()%+−–→'-]*$/u;
/** Commits, issues (`GH-12`) and addresses. */
const REFERENCE = /\b[\da-f]{7,}\b|[a-z]-\d|www/i;

/** Whether GitHub finds nothing in a line but words and numbers: no code, HTML, mention, link or formula. */
export function isPlain(line: string): boolean {
    return PLAIN.test(line) && !REFERENCE.test(line);
}

/** Words as they are, anything else as code. */
export function words(text: string): string {
    const line = inertLine(text);
    return isPlain(line) ? line : code(line);
}

/** The same inside of an HTML element, as a summary is: GitHub looks for mentions there too, but not in code. */
export function inHtml(text: string): string {
    const line = inertLine(text);
    if (isPlain(line)) return line;
    return `<code>${line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</code>`;
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string, shortest: number): string {
    const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
    return "`".repeat(Math.max(shortest, longest + 1));
}

function withShortRuns(text: string): string {
    return text.replace(TOO_LONG, `${"`".repeat(LONGEST_FENCE - 1)}…`);
}
