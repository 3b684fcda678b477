import { z } from "zod";
import type { GitHub } from "./api";

/** A line as a review words it, of the characters of real URNs. A dollar inside of a word is no formula to GitHub. */
const LINE = /^Allow loss: (urn:pulumi:(?:[\w:/.-]|(?<=\w)\$(?=\w))+)[ \t]*$/;
/** In other letters, signs or blanks too: it counts for nothing, and is told. */
const MEANT = /allow[^a-z]{1,9}loss[^a-z]{1,9}urn:/i;

/**
 * What may hide text behind it in one reader of Markdown or another: a comment or a fenced block that surely ends, since both stand at the start of a
 * line; of anything else with `<`, a fence or a formula, all that follows. A browser ends a comment at `--!>` too, and GitHub a fence that is longer
 * than 255 at one of 255 (cmark-gfm, `fence_length`).
 */
const UNSURE =
    /(?<![^\n])<!--(?!-?>)(?:(?!--!?>)[^])*-->|(?<![^\n])(?<fence>(?<mark>[`~])\k<mark>{2,99})(?!\k<mark>)[^`\n]*\n(?:[^]*?\n)?? {0,3}\k<fence>\k<mark>*[ \t]*(?![^\n])|(?:<|`{3}|~{3}|\$\$)[^]*/g;

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

/** What is acknowledged. */
export interface Acknowledged {
    readonly urns: readonly string[];
    /** What was not taken, and why. */
    readonly leftOut: readonly string[];
}

/**
 * The URNs whose loss the description of a pull request acknowledges where every reader sees it: by lines that make up a paragraph, from their first
 * column on, above any HTML. Such a paragraph is in nothing else. This is read from the source, since GitHub and a parser of Markdown differ.
 */
export function acknowledgedIn(description: string): Acknowledged {
    const written = description.replace(/\r\n?/g, "\n");
    // Lines stay as many, and those that are not empty stay so.
    const inView = written.replace(UNSURE, hidden => hidden.replace(/[^\n]+/g, "<")).split("\n");
    const ends = inView.map((line, at) => (/^[ \t]*$/.test(line) ? at : -1)).filter(at => at >= 0);
    const paragraphs = [-1, ...ends].map((start, index) => inView.slice(start + 1, ends[index]));
    const urns = paragraphs.flatMap(lines => {
        const found = lines.flatMap(line => LINE.exec(line)?.[1] ?? []);
        return found.length === lines.length ? found : [];
    });
    const leftOut = written.split("\n").flatMap((line, at) => {
        if (!MEANT.test(line) || urns.includes(LINE.exec(line)?.[1] ?? "")) return [];
        const why =
            line !== inView[at]
                ? "it is in or below a comment, code, a formula or HTML, which may hide it"
                : LINE.test(line)
                  ? "it is no paragraph of its own"
                  : "it is not to the letter what the review words, from the first column on";
        return `Passed over line ${at + 1} of the description (${line.trim()}): ${why}. Next: put it first, with an empty line below it.`;
    });
    return { urns, leftOut };
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
        .map(one => ({ number: one.number, ...acknowledgedIn(one.body ?? ""), objection: objectionTo(one, branch) }));
    return {
        urns: found.flatMap(({ urns, objection }) => (objection === undefined ? urns : [])),
        leftOut: found.flatMap(({ number, urns, leftOut, objection }) => {
            if (objection === undefined) return leftOut.map(line => `Pull request ${number}: ${line}`);
            if (urns.length === 0) return [];
            return `Left out what pull request ${number} acknowledges (${urns.join(", ")}): it ${objection}. Next: acknowledge it in a pull request from a branch of this repository.`;
        }),
    };
}

function objectionTo({ head, base }: PullRequest, branch: string): string | undefined {
    if (head.repo?.full_name !== base.repo.full_name) return `came from ${head.repo?.full_name ?? "a fork that is gone"}`;
    return base.ref === branch ? undefined : `was merged into ${base.ref}, not into ${branch}`;
}
