import { z } from "zod";
import { BODY_LIMIT, cut } from "./comment-text";

/** What a stack's check found, as it crosses from the job with AWS credentials to the one that may write the issue. */
export const driftFinding = z.object({
    stack: z.string(),
    differs: z.boolean(),
    /** The explained difference. */
    markdown: z.string(),
});

export type DriftFinding = z.output<typeof driftFinding>;

/** First line of the issue, by which a later run finds it again. */
export const ISSUE_MARKER = "<!-- fargate: drift of every stack -->";

export interface DriftIssue {
    readonly title: string;
    readonly body: string;
}

/** The issue for stacks that differ. Nothing in it tells a time: it changes only when the difference does. */
export function driftIssue(differing: readonly DriftFinding[], unknown: readonly string[], runUrl: string): DriftIssue {
    const intro =
        "What AWS has differs from what main and the last deployment say. Below is what the next deployment would change back. " +
        "Either deploy, or write the change into the stack's file. A nightly check keeps this issue up to date and closes it when nothing differs.";
    const head = [ISSUE_MARKER, intro, ...unknown.map(stack => `**${stack} could not be checked**: see [the log](${runUrl}).`)];
    const room = BODY_LIMIT - head.join("\n\n").length;
    const share = Math.floor(room / Math.max(1, differing.length)) - 300 - runUrl.length;
    return {
        title: `Drift: ${differing.map(({ stack }) => stack).join(", ")}`,
        body: [...head, ...differing.map(({ markdown }) => cut(markdown.trim(), share, runUrl))].join("\n\n"),
    };
}
