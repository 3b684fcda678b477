import { z } from "zod";
import type { GitHub } from "./api";
import { NOTHING_OPEN, openAfter } from "./markdown-open";

/** A line as a review words it; quoted or indented, as in a pasted review, it acknowledges nothing. */
const LINE = /^Allow loss: (urn:pulumi:\S+)\s*$/;

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

/** The URNs whose loss the description of a pull request acknowledges where every reader sees it: not in a comment, in code, or folded away. */
export function acknowledgedIn(description: string): string[] {
    let open = NOTHING_OPEN;
    return withoutComments(description)
        .split("\n")
        .flatMap(line => {
            const isInView = open.fence === undefined && open.folds === 0;
            open = openAfter(line, open);
            return isInView ? (LINE.exec(line)?.[1] ?? []) : [];
        });
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

/** One that is never closed hides the rest, as it does on GitHub where a line begins with it. */
function withoutComments(text: string): string {
    return text.replace(/<!--[^]*?(?:-->|$)/g, " ");
}
