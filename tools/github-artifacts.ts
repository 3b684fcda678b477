import { z } from "zod";
import type { GitHub } from "./github";

const artifact = z.object({ id: z.number(), name: z.string(), expired: z.boolean() });

/**
 * Files that the jobs of this run uploaded with `archive: false`, by name. The jobs with AWS credentials run a pull request's code: what they
 * have to say crosses to the jobs that may write on GitHub as text, and no token does.
 */
export async function runArtifacts(github: GitHub, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = z.array(artifact).parse(await github.list(`/actions/runs/${github.run}/artifacts`, "artifacts"));
    const texts = names.map(async name => {
        // A job that ran again has uploaded a second file of the same name.
        const ids = found.filter(candidate => candidate.name === name && !candidate.expired).map(({ id }) => id);
        return ids.length === 0
            ? undefined
            : ([name, await github.download(`/actions/artifacts/${Math.max(...ids)}/zip`)] as const);
    });
    return new Map((await Promise.all(texts)).filter(entry => entry !== undefined));
}
