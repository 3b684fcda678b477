import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

export const REPOSITORY = "example/shop";
export const RUN = "4711";
export const BOT = "github-actions[bot]";
const TOKEN = "token-of-the-job";

export interface Item {
    number: number;
    id: number;
    title: string;
    body: string;
    state: "open" | "closed";
    state_reason?: string;
    user: { login: string } | null;
    pull_request?: object;
    html_url: string;
}

/**
 * As much of GitHub's REST API as the commands use, on loopback, with GitHub's own limits: a token is needed, lists come in pages of 100 at most, a
 * body has 65,536 characters at most, and an artifact's content lies on another host, which must not be shown the token.
 */
export class GitHubServer {
    readonly artifacts: { id: number; name: string; expired: boolean; content: string }[] = [];
    readonly issues: Item[] = [];
    /** By the number of their issue or pull request. */
    readonly comments: (Item & { readonly on: number })[] = [];
    /** Pull requests by the commit that they became. */
    readonly merged: { readonly commit: string; readonly body: string; readonly from?: string | null; readonly into?: string }[] =
        [];
    /** Every request that changed something: `POST /issues`. */
    readonly writes: string[] = [];
    readonly #api = http.createServer((request, response) => void this.#answer(request, response));
    readonly #storage = http.createServer((request, response) => this.#store(request, response));
    #next = 1;

    async start(): Promise<void> {
        for (const server of [this.#api, this.#storage]) await once(server.listen(0, "127.0.0.1"), "listening");
    }

    stop(): void {
        for (const server of [this.#api, this.#storage]) server.close().closeAllConnections();
    }

    get environment(): Record<string, string> {
        return {
            GITHUB_API_URL: this.#address(this.#api),
            GITHUB_SERVER_URL: "https://github.test",
            GITHUB_REPOSITORY: REPOSITORY,
            GITHUB_RUN_ID: RUN,
            GITHUB_TOKEN: TOKEN,
        };
    }

    upload(name: string, content: string, { expired = false } = {}): void {
        this.artifacts.push({ id: this.#next++, name, expired, content });
    }

    addIssue(body: string, { login = BOT, title = "an issue", pull = false } = {}): Item {
        const issue = { ...this.#item(body, login), title, ...(pull && { pull_request: {} }) };
        this.issues.push(issue);
        return issue;
    }

    addComment(on: number, body: string, login = BOT): Item {
        const comment = { ...this.#item(body, login), on };
        this.comments.push(comment);
        return comment;
    }

    #item(body: string, login: string): Item {
        const number = this.#next++;
        return {
            number,
            id: number,
            title: "",
            body,
            state: "open",
            user: { login },
            html_url: `https://github.test/${REPOSITORY}/${number}`,
        };
    }

    #address(server: http.Server): string {
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
        const send = (status: number, body: unknown, headers = {}) =>
            response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
        const url = new URL(request.url ?? "", "http://api");
        const prefix = `/repos/${REPOSITORY}`;
        if (request.headers.authorization !== `Bearer ${TOKEN}`) return void send(401, { message: "Bad credentials" });
        if (!url.pathname.startsWith(prefix)) return void send(404, { message: "Not Found" });
        const path = url.pathname.slice(prefix.length);
        const text = await body(request);
        const given = (text === "" ? {} : JSON.parse(text)) as Partial<Item>;
        if ((given.body?.length ?? 0) > 65_536)
            return void send(422, {
                message: "Validation Failed",
                errors: [{ message: "body is too long (maximum is 65536 characters)" }],
            });
        const route = `${request.method ?? ""} ${path.replace(/[0-9a-f]{40}/, "SHA").replace(/\d+/g, "N")}`;
        const number = Number(/\d+/.exec(path)?.[0]);
        if (request.method !== "GET") this.writes.push(`${request.method ?? ""} ${path}`);
        const page = <T>(all: readonly T[]) => {
            const size = Math.min(100, Number(url.searchParams.get("per_page") ?? 30));
            const start = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
            return all.slice(start, start + size);
        };
        switch (route) {
            case `GET /actions/runs/N/artifacts`: {
                const ofRun = number === Number(RUN) ? this.artifacts : [];
                return void send(200, {
                    total_count: ofRun.length,
                    artifacts: page(ofRun.map(({ id, name, expired }) => ({ id, name, expired }))),
                });
            }
            case "GET /commits/SHA/pulls": {
                const ofCommit = this.merged.filter(({ commit }) => path.includes(commit));
                // An open one that contains the commit is listed too.
                return void send(
                    200,
                    page([
                        ...ofCommit.map(({ body: text, from = REPOSITORY, into = "main" }, index) => ({
                            ...pullRequest(index + 1, from, into),
                            body: text,
                            merged_at: "2026-01-01",
                        })),
                        { ...pullRequest(9, REPOSITORY, "main"), body: "Allow loss: urn:pulumi:x", merged_at: null },
                    ]),
                );
            }
            case "GET /actions/artifacts/N/zip":
                return void send(302, {}, { location: `${this.#address(this.#storage)}/${number}` });
            case "GET /issues/N/comments":
                return void send(200, page(this.comments.filter(({ on }) => on === number)));
            case "POST /issues/N/comments":
                return void send(201, this.addComment(number, given.body ?? ""));
            case "PATCH /issues/comments/N":
                return void send(200, Object.assign(this.comments.find(({ id }) => id === number) ?? {}, given));
            case "GET /issues":
                return void send(200, page(this.issues.filter(({ state }) => state === url.searchParams.get("state"))));
            case "POST /issues":
                return void send(201, this.addIssue(given.body ?? "", { title: given.title }));
            case "PATCH /issues/N":
                return void send(200, Object.assign(this.issues.find(issue => issue.number === number) ?? {}, given));
            default:
                return void send(403, { message: "Resource not accessible by integration" });
        }
    }

    #store(request: http.IncomingMessage, response: http.ServerResponse): void {
        const artifact = this.artifacts.find(({ id }) => `/${id}` === request.url);
        if (request.headers.authorization !== undefined) response.writeHead(400).end("the token was shown to the storage");
        else if (artifact === undefined) response.writeHead(404).end();
        else response.writeHead(200, { "content-type": "text/plain" }).end(artifact.content);
    }
}

function pullRequest(number: number, from: string | null, into: string): object {
    const head = { repo: from === null ? null : { full_name: from } };
    return { number, head, base: { repo: { full_name: REPOSITORY }, ref: into } };
}

async function body(request: http.IncomingMessage): Promise<string> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    return text;
}
