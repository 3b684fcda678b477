import { NOTHING_OPEN, openAfter } from "./markdown-open";

/** First line of the comment, by which a later run finds it again. */
export const COMMENT_MARKER = "<!-- fargate: preview of every stack -->";

/** GitHub refuses a longer body with 422. */
export const BODY_LIMIT = 65_536;

/** A stack's part of a comment or an issue; without a text, its job ended before it could say anything. */
export interface Section {
    readonly stack: string;
    readonly text?: string;
}

/** One comment for every stack. It changes only when a section does: nothing in it tells a time or a run, unless something went wrong. */
export function commentBody(sections: readonly Section[], runUrl: string): string {
    const silent = ({ stack }: Section) =>
        `## ${stack}\n\nNo review: the preview failed before it could explain anything. What went wrong is in [the log](${runUrl}).`;
    const texts = sections.map(section => section.text?.trim() || silent(section));
    // Room for the marker, the blank lines between sections, and the sentence that ends a cut one.
    const share = Math.floor((BODY_LIMIT - COMMENT_MARKER.length) / texts.length) - 300 - runUrl.length;
    return [COMMENT_MARKER, ...texts.map(text => cut(text, share, runUrl))].join("\n\n");
}

/** The text, or its first whole lines and where the rest is. */
export function cut(text: string, limit: number, runUrl: string): string {
    if (text.length <= limit) return text;
    let kept = text;
    do kept = kept.slice(0, Math.max(0, kept.lastIndexOf("\n", limit)));
    while (kept !== "" && kept.length + endOf(kept).length > limit);
    return `${kept}${endOf(kept)}\n\n… cut after ${kept.length} of ${text.length} characters, since GitHub takes no more. The whole text is an artifact of [the run](${runUrl}).`;
}

/** Ends what is open behind a text, or the next section would become a part of it. */
function endOf(text: string): string {
    const { fence, folds } = text.split("\n").reduce((open, line) => openAfter(line, open), NOTHING_OPEN);
    return `${fence === undefined ? "" : `\n${fence}`}${"\n\n</details>".repeat(folds)}`;
}
