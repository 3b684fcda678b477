import { z } from "zod";
import { GitHub, WORKFLOW_USER, runArtifacts } from "./api";
import { BODY_LIMIT, postable } from "./comment-text";
import { code } from "./markdown-write";

const issue = z.object({
    number: z.number(),
    title: z.string(),
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullable(),
    html_url: z.string(),
    pull_request: z.unknown().optional(),
});

export interface Reported {
    /** What was done, in one line. */
    readonly line: string;
    /** Stacks whose check ended without an answer. */
    readonly unknown: readonly string[];
}

export const driftFile = (stack: string) => `drift-${stack}.json`;

/** Opens, updates or closes the one issue about drift, by what this run's checks found. */
export async function reportDrift(github: GitHub, stacks: readonly string[]): Promise<Reported> {
    const files = await runArtifacts(github, stacks.map(driftFile));
    const findings = stacks.flatMap(stack => findingIn(files.get(driftFile(stack))) ?? []);
    const unknown = stacks.filter(stack => !findings.some(finding => finding.stack === stack));
    const differing = findings.filter(({ differs }) => differs);
    return { line: await put(github, differing, unknown), unknown };
}

function findingIn(text: string | undefined): DriftFinding | undefined {
    try {
        return driftFinding.parse(JSON.parse(text ?? ""));
    } catch {
        return undefined;
    }
}

async function put(github: GitHub, differing: readonly DriftFinding[], unknown: readonly string[]): Promise<string> {
    const open = z.array(issue).parse(await github.list("/issues?state=open&sort=created&direction=asc"));
    // Anybody may write the marker; only what a workflow wrote is edited. GitHub lists pull requests as issues too.
    const before = open.find(
        ({ body, user, pull_request }) =>
            pull_request === undefined && user?.login === WORKFLOW_USER && body?.startsWith(ISSUE_MARKER),
    );
    if (differing.length === 0) return close(github, before, unknown);

    const { title, body } = driftIssue(differing, unknown, github.runUrl);
    if (before === undefined) {
        const created = issue.parse(await github.send("POST", "/issues", { title, body }));
        return `issue opened: ${created.html_url}`;
    }
    if (before.title === title && before.body === body) return `the same difference as before: ${before.html_url}`;
    await github.send("PATCH", `/issues/${before.number}`, { title, body });
    return `issue updated: ${before.html_url}`;
}

async function close(github: GitHub, before: z.output<typeof issue> | undefined, unknown: readonly string[]): Promise<string> {
    if (unknown.length > 0)
        return before === undefined ? "no difference found" : `left open, since not every stack was checked: ${before.html_url}`;
    if (before === undefined) return "no stack differs";
    await github.send("POST", `/issues/${before.number}/comments`, {
        body: `No stack differs any more, as [this check](${github.runUrl}) found.`,
    });
    await github.send("PATCH", `/issues/${before.number}`, { state: "closed", state_reason: "completed" });
    return `issue closed: ${before.html_url}`;
}

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
    const head = [
        ISSUE_MARKER,
        intro,
        ...unknown.map(stack => `**${code(stack)} could not be checked**: see [the log](${runUrl}).`),
    ];
    const room = BODY_LIMIT - head.join("\n\n").length;
    const share = Math.floor(room / Math.max(1, differing.length)) - 300 - runUrl.length;
    return {
        title: `Drift: ${differing.map(({ stack }) => stack).join(", ")}`,
        body: [...head, ...differing.map(({ markdown }) => postable(markdown, share, runUrl))].join("\n\n"),
    };
}
