/** What is still open at some place of a Markdown text. */
export interface Open {
    /** The characters that opened a block of code; as many of them, or more, close it. */
    readonly fence?: string;
    /** Parts that fold, one inside the other. */
    readonly folds: number;
}

export const NOTHING_OPEN: Open = { folds: 0 };

/** CommonMark, "Fenced code blocks": what follows backticks has none itself, and nothing follows those that close. */
const OPENS_CODE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSES_CODE = /^ {0,3}(`{3,}|~{3,})\s*$/;

/** What is open behind a line, given what is open before it. */
export function openAfter(line: string, { fence, folds }: Open): Open {
    if (fence !== undefined) return CLOSES_CODE.exec(line)?.[1]?.startsWith(fence) ? { folds } : { fence, folds };
    const opened = OPENS_CODE.exec(line)?.[1];
    if (opened !== undefined) return { fence: opened, folds };
    return { folds: Math.max(0, folds + count(line, /<details\b/gi) - count(line, /<\/details>/gi)) };
}

function count(line: string, what: RegExp): number {
    return [...line.matchAll(what)].length;
}
