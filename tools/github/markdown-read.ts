import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export type Document = ReturnType<typeof fromMarkdown>;
type Block = Document["children"][number];
export type Node = Document | Block | Extract<Block, { type: "paragraph" }>["children"][number];

/** A parser does not get to the end of quotations, lists and footnotes in each other that nobody writes. */
const TOO_DEEP = /^[ \t]*((>|[-+*][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\n]*\]:)[ \t]*){10}|^[ \t]{40,}([-+*]|\d{1,9}[.)])[ \t]/m;
/** Nor, in useful time, of so many things in one paragraph that may be a start or an end. */
const MARKS = /[*_~]+|\[/g;
const MOST_MARKS = 1_000;
/** Nor of so many quotations and items in the whole text. */
const PARTS = /(>|[-+*]|\d[.)])[ \t]/g;
const MOST_PARTS = 3_000;

/** What GitHub reads in a text: CommonMark, and GitHub's tables, footnotes and the like. One that is too much for the parser is read as HTML. */
export function readMarkdown(text: string): Document {
    const unread: Document = { type: "root", children: [{ type: "html", value: text }] };
    const hasMore = (part: string, pattern: RegExp, most: number) => (part.match(pattern)?.length ?? 0) > most;
    if (TOO_DEEP.test(text) || hasMore(text, PARTS, MOST_PARTS)) return unread;
    if (text.split(/\n[ \t]*\n/).some(paragraph => hasMore(paragraph, MARKS, MOST_MARKS))) return unread;
    try {
        return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    } catch (error) {
        // The parser calls itself for each part in a part.
        if (error instanceof RangeError) return unread;
        throw error;
    }
}

/** The nodes of a part, itself first, in the order of the text. */
export function nodesOf(node: Node): Node[] {
    return "children" in node ? [node, ...(node.children as Node[]).flatMap(nodesOf)] : [node];
}

/** A part of the text as it was written. */
function sourceOf({ position }: Node, text: string): string {
    return text.slice(position?.start.offset, position?.end.offset);
}

/** Stands for an element that nothing is sure to close. */
const NEVER_CLOSED = "";
const EMPTY = ["br", "hr", "img", "source"];
/** Of other elements, such as `textarea`, a browser does not read what is inside as it reads the rest. */
const KNOWN = [
    "a b blockquote code dd del details div dl dt em h1 h2 h3 h4 h5 h6 i ins kbd li ol p picture",
    "pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var",
].flatMap(names => names.split(" "));
const TOKEN =
    /<!--(?!-?>)(?:(?!--)[^])*-->|<(?<end>\/)?(?<name>[a-z][a-z\d]*)(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>|(?<other><)/gi;

/**
 * The elements of raw HTML that are open behind a block, given those that are before it. Whatever a browser may read otherwise counts as open for
 * good: tags that do not match, tags that are cut, and what a block other than a paragraph opens or closes.
 */
function openAfter(block: Block, before: readonly string[]): readonly string[] {
    const html = nodesOf(block).flatMap(node => (node.type === "html" ? [node.value] : []));
    if (html.length === 0) return before;
    const isOwn = block.type === "html" || block.type === "paragraph";
    const after = html.reduce(openIn, isOwn ? before : []);
    if (isOwn) return after;
    return after.length === 0 ? before : [...before, NEVER_CLOSED];
}

function openIn(before: readonly string[], html: string): readonly string[] {
    const open = [...before];
    for (const { groups: { end, name, other } = {} } of html.matchAll(TOKEN)) {
        const element = name?.toLowerCase();
        if (other !== undefined) open.push(NEVER_CLOSED);
        if (element === undefined || EMPTY.includes(element)) continue;
        if (!KNOWN.includes(element)) open.push(NEVER_CLOSED);
        else if (end === undefined) open.push(element);
        else if (open.at(-1) === element) open.pop();
        else open.push(NEVER_CLOSED);
    }
    return open;
}

/** What closes a text that was cut, so that what follows is no part of it. */
export function endOf(text: string): string {
    const { fence, elements } = openAtEnd(readMarkdown(text), text);
    const closing = elements.filter(element => element !== NEVER_CLOSED).reverse();
    return [fence === undefined ? "" : `\n${fence}`, ...closing.map(element => `\n\n</${element}>`)].join("");
}

/** A block of code ends with a text, whether or not it is closed. */
function openAtEnd({ children }: Document, text: string): { readonly fence?: string; readonly elements: readonly string[] } {
    const elements = children.reduce<readonly string[]>((before, block) => openAfter(block, before), []);
    const last = children.at(-1);
    const [first = "", ...lines] = last?.type === "code" ? sourceOf(last, text).split("\n") : [];
    const fence = /^(`{3,}|~{3,})/.exec(first)?.[1];
    const isClosed = fence === undefined || (lines.at(-1) ?? "").trim().startsWith(fence);
    return isClosed ? { elements } : { fence, elements };
}

const REVIEW_NODES = ["root", "heading", "paragraph", "strong", "inlineCode", "list", "break"];
const REVIEW_HTML = /^(<details( open)?>|<summary>[^<]*(<code>[^<]*<\/code>)?[^<]*<\/summary>|<\/details>|<\/?sub>|\s)*$/;
/** Mentions, references to issues and commits, addresses, and formulas. */
const REFERENCE = /[@#$]|\bGH-\d|\b[\da-f]{7,40}\b|\b(https?|ftp):|\bwww\./i;
/** GitHub and this parser differ in where HTML or a footnote begins: HTML right below text that is in a list, and these characters where text has them. */
const AMBIGUOUS = /[<[]/;
const BELOW_TEXT = /\S[^\S\r\n]*(\r\n?|\n)[^\S\r\n]*<\/?sub>/;
const OTHER_ENTITY = /&(?!(amp|lt|gt|quot);)/;

/**
 * Whether a text is made of what a review is made of, and closes what it opens. The job that wrote it ran the code of the change, which may have
 * written anything.
 */
export function isReview(text: string): boolean {
    const document = readMarkdown(text);
    const { fence, elements } = openAtEnd(document, text);
    return nodesOf(document).every(isOfReview) && !BELOW_TEXT.test(text) && fence === undefined && elements.length === 0;
}

function isOfReview(node: Node): boolean {
    switch (node.type) {
        case "text":
            return !REFERENCE.test(node.value) && !AMBIGUOUS.test(node.value);
        case "html":
            return REVIEW_HTML.test(node.value) && !REFERENCE.test(withoutCode(node.value)) && !OTHER_ENTITY.test(node.value);
        case "code":
            // Others may be drawn: mermaid, math, geojson, stl.
            return (node.lang ?? "text") === "text";
        case "listItem":
            return typeof node.checked !== "boolean";
        default:
            return REVIEW_NODES.includes(node.type);
    }
}

function withoutCode(html: string): string {
    return html.replace(/<code>[^<]*<\/code>/g, "");
}
