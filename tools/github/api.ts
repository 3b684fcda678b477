import { z } from "zod";
import { UserError } from "../cli/user-error";

/** GitHub's REST API for one repository, as a workflow's job may use it. */
export interface GitHub {
    /** Id of the workflow run that asks. */
    readonly run: string;
    /** Address of its log. */
    readonly runUrl: string;
    /** Every page of a list below the repository; `key` names the array where the answer wraps it. */
    list(path: string, key?: string): Promise<unknown[]>;
    /** Content that the API redirects to, as text. */
    download(path: string): Promise<string>;
    send(method: "POST" | "PATCH", path: string, body: unknown): Promise<unknown>;
}

/** Who a workflow's own token writes as (docs.github.com, "Automatic token authentication"). */
export const WORKFLOW_USER = "github-actions[bot]";

const PER_PAGE = 100;
const TIMEOUT_MS = 30_000;

/**
 * Reads what every job is given in its environment.
 *
 * @throws UserError that names every variable that is missing.
 */
export function githubFrom(environment: NodeJS.ProcessEnv = process.env): GitHub {
    const names = ["GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"] as const;
    const missing = names.filter(name => !environment[name]);
    if (missing.length > 0) {
        throw new UserError(
            `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set. This command runs in a GitHub Actions job, with GITHUB_TOKEN: \${{ github.token }} in its env.`,
        );
    }
    const { GITHUB_API_URL = "https://api.github.com", GITHUB_SERVER_URL = "https://github.com" } = environment;
    const [token = "", repository = "", run = ""] = names.map(name => environment[name]);
    const base = `${GITHUB_API_URL}/repos/${repository}`;

    async function request(method: string, path: string, body?: unknown): Promise<Response> {
        const response = await fetch(`${base}${path}`, {
            method,
            body: body === undefined ? undefined : JSON.stringify(body),
            headers: {
                accept: "application/vnd.github+json",
                authorization: `Bearer ${token}`,
                "x-github-api-version": "2022-11-28",
                // What is written is made between two requests, for which a server may have closed a connection that is kept.
                connection: "close",
                ...(body !== undefined && { "content-type": "application/json" }),
            },
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return response;
        const [said = ""] = (await response.text()).split("\n", 1);
        throw new UserError(
            `GitHub answered ${response.status} to ${method} ${path}: ${said}. Next: compare the job's permissions with what this needs.`,
        );
    }

    return {
        run,
        runUrl: `${GITHUB_SERVER_URL}/${repository}/actions/runs/${run}`,
        list: async (path, key) => {
            const items: unknown[] = [];
            for (let page = 1; ; page++) {
                const separator = path.includes("?") ? "&" : "?";
                const response = await request("GET", `${path}${separator}per_page=${PER_PAGE}&page=${page}`);
                const answer: unknown = await response.json();
                const found = (key === undefined ? answer : (answer as Record<string, unknown>)[key]) as unknown[];
                items.push(...found);
                if (found.length < PER_PAGE) return items;
            }
        },
        download: async path => (await request("GET", path)).text(),
        send: async (method, path, body) => (await request(method, path, body)).json(),
    };
}

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
