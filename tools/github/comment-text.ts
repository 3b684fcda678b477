import { inert } from "../../model/inert-text";
import { endOf, isReview } from "./review-form";
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
    const whole = inert(text).trim();
    const kept = firstLines(whole, limit - NOT_A_REVIEW.length - ENDS);
    const shown = isReview(whole) ? `${kept}${endOf(kept)}` : `${NOT_A_REVIEW}\n\n${codeBlock(kept)}`;
    if (kept === whole) return shown;
    return `${shown}\n\n… cut after ${kept.length} of ${whole.length} characters, since GitHub takes no more. The whole text is an artifact of [the run](${runUrl}).`;
}

const NOT_A_REVIEW = "This is not made as a review is, so that it is shown as text:";
/** Characters for what stands around the text: two fences at most. */
const ENDS = 60;

/** The text, or as many whole lines as there is room for. */
export function firstLines(text: string, limit: number): string {
    return text.length <= limit ? text : text.slice(0, Math.max(0, text.lastIndexOf("\n", limit))).trimEnd();
}
