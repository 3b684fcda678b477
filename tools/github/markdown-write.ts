import { inert, inertLine } from "../../model/inert-text";

/** Text that other people wrote, as Markdown that says just that: no mention, link, image, heading, HTML or comment. */

/** A code span that no text can end. */
export function code(text: string): string {
    const line = inertLine(text) || '""';
    const fence = fenceFor(line, 1);
    const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code that no text can end. */
export function codeBlock(text: string): string {
    const shown = inert(text);
    const fence = fenceFor(shown, 3);
    return `${fence}text\n${shown}\n${fence}`;
}

/** Words and numbers of no meaning to GitHub: no HTML, mention or formula, and nothing that it takes for a commit or an address. */
const PLAIN = /^(?!.*\b([\da-f]{7,}|www)\b)[\p{L}\d .,:;()%+−–→'-]*$/u;

/** Text inside of an HTML element, as a summary is. GitHub looks for mentions and the like there too, but not in code. */
export function inHtml(text: string): string {
    const line = inertLine(text);
    if (PLAIN.test(line)) return line;
    return `<code>${line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</code>`;
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string, shortest: number): string {
    const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
    return "`".repeat(Math.max(shortest, longest + 1));
}
