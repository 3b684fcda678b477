import { LONGEST_FENCE, isPlain } from "./markdown-write";

/**
 * What a review is made of (tools/review/markdown.ts), told line by line: GitHub's reading of Markdown and a parser's differ, and whatever one of them
 * might read in another way has no place in a review.
 */

/** As `codeBlock` writes it: nothing inside is as long as its fence. */
const CODE_BLOCK = new RegExp(`(?<=^|\\n\\n)(\`{3,${LONGEST_FENCE}})text\\n(?:(?!\\1)[^])*(?<=\\n)\\1(?=\\n\\n|$)`, "g");
const OPEN_BLOCK = new RegExp(`(?<=^|\\n\\n)(\`{3,${LONGEST_FENCE}})text(?=\\n|$)`);
/** From the left, as GitHub pairs runs of backticks. */
const CODE = new RegExp(`(?<!\`)(\`{1,${LONGEST_FENCE}})(?!\`)[^\\n]*?(?<!\`)\\1(?!\`)`, "g");
const FOLD = /^<details(?: open)?><summary>(?<words>[^\n]*)<\/summary>$/;
const FOLD_END = "</details>";
const SMALL = /^<sub>(?<words>[^\n]*)<\/sub>$/;
const MARKS = /^#{2,3} |\*\*/g;
/** Characters; a regular expression gets to the end of some four times as many. */
const MOST = 1_000_000;

/**
 * Whether a text is made as a review is, and closes what it opens. The job that wrote it ran the code of the change, which may have written anything.
 */
export function isReview(text: string): boolean {
    if (text.length > MOST) return false;
    const blocks = text.replace(CODE_BLOCK, "").split("\n\n");
    const folds = blocks.filter(isFold).map(block => (block === FOLD_END ? ")" : "("));
    return blocks.every(isOfReview) && /^(?:\(\))*$/.test(folds.join(""));
}

function isOfReview(block: string): boolean {
    if (block === FOLD_END) return true;
    const fold = FOLD.exec(block)?.groups?.["words"];
    if (fold !== undefined) return isPlain(fold.replace(/<code>[^<]*<\/code>/, ""));
    const small = SMALL.exec(block)?.groups?.["words"];
    return (small ?? block).split("\n").every(line => isPlain(line.replace(CODE, "").replace(MARKS, "")));
}

function isFold(block: string): boolean {
    return block === FOLD_END || block.startsWith("<details");
}

/** What closes the first lines of a review, so that what follows is no part of it. */
export function endOf(lines: string): string {
    const [before = "", fence] = lines.replace(CODE_BLOCK, "").split(OPEN_BLOCK);
    const fold = before.split("\n").filter(isFold).at(-1) ?? FOLD_END;
    return [fence === undefined ? "" : `\n${fence}`, fold === FOLD_END ? "" : `\n\n${FOLD_END}`].join("");
}
