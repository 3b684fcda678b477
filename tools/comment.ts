import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { runCommand } from "./command";
import { COMMENT_MARKER, commentBody } from "./comment-text";
import { GitHub, WORKFLOW_USER, githubFrom } from "./github";
import { runArtifacts } from "./github-artifacts";
import { stackList } from "./stack-list";

interface Options {
    readonly pullRequest: number;
    readonly stacks: readonly string[];
}

const comment = z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullable(),
    html_url: z.string(),
});

const command = new Command("comment")
    .description(
        "In a workflow: write the reviews that this run's jobs uploaded (review-<stack>.md) as one comment, edited in place when it changes.",
    )
    .requiredOption("--pull-request <number>", "where to comment", pullRequestNumber)
    .requiredOption("--stacks <json>", 'the stacks in order, such as ["dev","prod"]', stackList)
    .showSuggestionAfterError()
    .action(async ({ pullRequest, stacks }: Options) => {
        const github = githubFrom();
        const reviews = await runArtifacts(github, stacks.map(reviewFile));
        const sections = stacks.map(stack => ({ stack, text: reviews.get(reviewFile(stack)) }));
        process.stdout.write(`${await put(github, pullRequest, commentBody(sections, github.runUrl))}\n`);
    });

const reviewFile = (stack: string) => `review-${stack}.md`;

async function put(github: GitHub, pullRequest: number, body: string): Promise<string> {
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

function pullRequestNumber(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Allowed: the number of a pull request.");
    return Number(text);
}

void runCommand(command);
