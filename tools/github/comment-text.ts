import { inert } from "../../model/inert-text";
import { endOf, isReview } from "./markdown-read";
import { code, codeBlock } from "./markdown-write";

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
        `## ${code(stack)}\n\nNo review: the preview failed before it could explain anything. What went wrong is in [the log](${runUrl}).`;
    // Room for the marker, the blank lines between sections, and the sentence that ends a cut one.
    const share = Math.floor((BODY_LIMIT - COMMENT_MARKER.length) / sections.length) - 300 - runUrl.length;
    const posted = sections.map(section => (section.text?.trim() ? postable(section.text, share, runUrl) : silent(section)));
    return [COMMENT_MARKER, ...posted].join("\n\n");
}

/**
 * What a job with the code of a change has to say, whole or its first lines and where the rest is: as it is where it is made as a review is, in a
 * block of code otherwise.
 */
export function postable(text: string, limit: number, runUrl: string): string {
    const trimmed = inert(text).trim();
    const kept = cut(trimmed, limit - NOT_A_REVIEW.length - 20);
    const shown = isReview(kept) ? kept : `${NOT_A_REVIEW}\n\n${codeBlock(kept)}`;
    // A fence may be as long as what it stands around.
    if (shown.length > limit) return `This is not made as a review is, and it is an artifact of [the run](${runUrl}).`;
    if (kept === trimmed) return shown;
    return `${shown}\n\n… cut after ${kept.length} of ${trimmed.length} characters, since GitHub takes no more. The whole text is an artifact of [the run](${runUrl}).`;
}

const NOT_A_REVIEW = "This is not made as a review is, so that it is shown as text:";

/** The text, or its first whole lines and what closes them, since the next section would become a part of it otherwise. */
export function cut(text: string, limit: number): string {
    if (text.length <= limit) return text;
    let [kept, end] = [text, ""];
    do {
        kept = kept.slice(0, Math.max(0, kept.lastIndexOf("\n", limit - end.length)));
        end = endOf(kept);
    } while (kept !== "" && kept.length + end.length > limit);
    return `${kept}${end}`;
}
