import { z } from "zod";
import type { GitHub } from "./github";

/** A line as a review words it; quoted or indented, as in a pasted review, it acknowledges nothing. */
const LINE = /^Allow loss: (urn:pulumi:\S+)\s*$/;

const pullRequest = z.object({ body: z.string().nullish(), merged_at: z.string().nullish() });

/** The URNs whose loss the description of a pull request acknowledges. */
export function acknowledgedIn(description: string): string[] {
    return description.split("\n").flatMap(line => LINE.exec(line)?.[1] ?? []);
}

/** The URNs whose loss was acknowledged by the pull request that brought a commit; none for a commit that was pushed without one. */
export async function acknowledgedFor(github: GitHub, commit: string): Promise<string[]> {
    const pullRequests = z.array(pullRequest).parse(await github.list(`/commits/${commit}/pulls`));
    return pullRequests.filter(({ merged_at }) => merged_at).flatMap(({ body }) => acknowledgedIn(body ?? ""));
}
