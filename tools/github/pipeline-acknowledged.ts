import { z } from "zod";
import type { GitHub } from "./api";
import { Paragraph, isComment, openAfter, readMarkdown, sourceOf } from "./markdown-read";

/** A line as a review words it. */
const LINE = /^Allow loss: (urn:pulumi:\S+)[^\S\n]*$/;

const repository = z.object({ full_name: z.string() });

const pullRequest = z.object({
    number: z.number(),
    body: z.string().nullish(),
    merged_at: z.string().nullish(),
    /** Without a repository once a fork is deleted. */
    head: z.object({ repo: repository.nullable() }),
    base: z.object({ repo: repository, ref: z.string() }),
});

type PullRequest = z.infer<typeof pullRequest>;

/** What a merged pull request acknowledged. */
export interface Acknowledged {
    readonly urns: readonly string[];
    /** What was not taken, and why. */
    readonly leftOut: readonly string[];
}

/**
 * The URNs whose loss the description of a pull request acknowledges where every reader sees it: by a line of plain text in a paragraph of its own
 * level, not in a comment, in code, in a quotation or list, folded away, or below HTML that is left open.
 */
export function acknowledgedIn(description: string): string[] {
    let open: readonly string[] = [];
    return readMarkdown(description).children.flatMap(block => {
        const isInView = open.length === 0;
        open = openAfter(block, open);
        return isInView && block.type === "paragraph"
            ? linesOf(block, description).flatMap(line => LINE.exec(line)?.[1] ?? [])
            : [];
    });
}

/** What GitHub does not show as it is written: formulas, and characters that turn the direction of text around. */
const NOT_AS_WRITTEN = /\$\$|\$`|(?<!\w)\$|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The lines of a paragraph that are text alone; none where an image, or HTML but a comment, stands among them. */
function linesOf(paragraph: Paragraph, text: string): string[] {
    const { children } = paragraph;
    if (children.some(isNoText) || NOT_AS_WRITTEN.test(sourceOf(paragraph, text))) return [];
    return children
        .map(child => {
            if (child.type === "text") return child.value;
            return child.type === "break" ? "\n" : (autolinkOf(child) ?? MARKED_UP);
        })
        .join("")
        .split(/\r\n|\r|\n/)
        .filter(line => !line.includes(MARKED_UP));
}

function isNoText(node: Paragraph["children"][number]): boolean {
    if (node.type === "html") return !isComment(node.value);
    return ["image", "imageReference", "footnoteReference"].includes(node.type);
}

/** Stands for what is no plain text; no parser leaves it in one. */
const MARKED_UP = "\0";

/** A part of a name that GitHub takes for an address, such as `www.example.com`, is shown as it is. */
function autolinkOf(node: Paragraph["children"][number]): string | undefined {
    if (node.type !== "link" || node.children.length !== 1) return undefined;
    const [only] = node.children;
    if (only?.type !== "text") return undefined;
    return [only.value, `http://${only.value}`, `mailto:${only.value}`].includes(node.url) ? only.value : undefined;
}

/**
 * The URNs whose loss was acknowledged by the pull request that brought a commit to a branch; none for a commit that was pushed without one.
 *
 * Only those who may push can open a pull request from a branch of the repository itself, so that is what counts. `author_association` does not tell
 * them: a job's token sees no private membership of an organization, and is told CONTRIBUTOR for its members (rust-lang/triagebot issue 2094).
 */
export async function acknowledgedFor(github: GitHub, commit: string, branch: string): Promise<Acknowledged> {
    const pullRequests = z.array(pullRequest).parse(await github.list(`/commits/${commit}/pulls`));
    const found = pullRequests
        .filter(({ merged_at }) => merged_at)
        .map(one => ({ number: one.number, urns: acknowledgedIn(one.body ?? ""), objection: objectionTo(one, branch) }));
    return {
        urns: found.flatMap(({ urns, objection }) => (objection === undefined ? urns : [])),
        leftOut: found.flatMap(({ number, urns, objection }) =>
            objection === undefined || urns.length === 0
                ? []
                : `Left out what pull request ${number} acknowledges (${urns.join(", ")}): it ${objection}. Next: acknowledge it in a pull request from a branch of this repository.`,
        ),
    };
}

function objectionTo({ head, base }: PullRequest, branch: string): string | undefined {
    if (head.repo?.full_name !== base.repo.full_name) return `came from ${head.repo?.full_name ?? "a fork that is gone"}`;
    return base.ref === branch ? undefined : `was merged into ${base.ref}, not into ${branch}`;
}
