import { z } from "zod";
import { COMMENT_MARKER, commentBody } from "./comment-text";
import { GitHub, WORKFLOW_USER, runArtifacts } from "./api";

const comment = z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullable(),
    html_url: z.string(),
});

const reviewFile = (stack: string) => `review-${stack}.md`;

/** Writes the reviews that this run's jobs uploaded, as one comment, and says what was done in one line. */
export async function writeComment(github: GitHub, pullRequest: number, stacks: readonly string[]): Promise<string> {
    const reviews = await runArtifacts(github, stacks.map(reviewFile));
    const sections = stacks.map(stack => ({ stack, text: reviews.get(reviewFile(stack)) }));
    const body = commentBody(sections, github.runUrl);

    const comments = z.array(comment).parse(await github.list(`/issues/${pullRequest}/comments`));
    // Anybody may write the marker; only what a workflow wrote is edited.
    const before = comments.find(({ body: text, user }) => user?.login === WORKFLOW_USER && text?.startsWith(COMMENT_MARKER));
    if (before === undefined) {
        const created = comment.parse(await github.send("POST", `/issues/${pullRequest}/comments`, { body }));
        return `commented: ${created.html_url}`;
    }
    if (before.body === body) return `nothing changed: ${before.html_url}`;
    await github.send("PATCH", `/issues/comments/${before.id}`, { body });
    return `comment updated: ${before.html_url}`;
}
