import * as http from "node:http";
import * as https from "node:https";
import type { ServiceSettings } from "../../settings";

export interface Answer {
    readonly isGood: boolean;
    /** `200 in 12 ms`, or what is wrong. */
    readonly text: string;
}

const TIMEOUT_MS = 10_000;

/** What the load balancer calls itself where no target gave the answer (as seen in its own 404, 502, 503 and redirects). */
const LOAD_BALANCER = /^awselb\//;

/** Asks once. A request of its own connection: the next one may meet another node of the load balancer. */
export async function ask({ address, host, path, isHealthPath }: Target): Promise<Answer> {
    const started = performance.now();
    const after = () => `${Math.round(performance.now() - started)} ms`;
    try {
        const { status, server } = await get(address, host, path);
        if (LOAD_BALANCER.test(server))
            return { isGood: false, text: `${status} from the load balancer itself: ${meaning(status)}` };
        if (status >= 500) return { isGood: false, text: `${status} from the service` };
        if (isHealthPath && (status < 200 || status > 399))
            return { isGood: false, text: `${status} from the service; a healthy one answers 200 to 399 here` };
        return { isGood: true, text: `${status} in ${after()}` };
    } catch (error) {
        return { isGood: false, text: `no answer after ${after()}: ${reason(error)}` };
    }
}

function get(address: URL, host: string, path: string): Promise<{ status: number; server: string }> {
    const client = address.protocol === "https:" ? https : http;
    return new Promise((resolve, reject) => {
        const request = client.get(new URL(path, address), {
            agent: false,
            headers: { host, "user-agent": "fargate-smoke-test" },
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        request.once("error", reject);
        request.once("response", response => {
            const { statusCode = 0, headers } = response;
            // A status with half a body is no answer.
            response
                .once("error", reject)
                .once("end", () => resolve({ status: statusCode, server: String(headers["server"] ?? "") }));
            response.resume();
        });
    });
}

function meaning(status: number): string {
    switch (status) {
        case 404:
            return "no listener rule leads this host and path anywhere";
        case 502:
            return "a task broke the connection off";
        case 503:
            return "no task is registered";
        case 504:
            return "no task answered in time";
        default:
            return "no task was asked";
    }
}

function reason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    if (error.name === "TimeoutError" || error.name === "AbortError") return `nothing within ${TIMEOUT_MS / 1000} s`;
    return "code" in error ? `${String(error.code)}, ${error.message}` : error.message;
}

/** What is asked of one service through the load balancer. */
export interface Target {
    readonly service: string;
    /** Connected to: the load balancer. */
    readonly address: URL;
    /** Asked for: decides which listener rule answers, and which certificate. */
    readonly host: string;
    readonly path: string;
    /** Whether the path is the one that a healthy task answers with 200 to 399; elsewhere an error of the service's own says that it is reached. */
    readonly isHealthPath: boolean;
}

/** One request per routed service: at its health path where its route leads there, else where its route does lead. */
export function smokeTargets(services: readonly ServiceSettings[], url: string): Target[] {
    return services.flatMap(({ name: service, route, health }) => {
        if (route === undefined) return [];
        const address = new URL(url);
        const isHealthPath = route.paths.some(pattern => matches(pattern, health.path));
        const path = isHealthPath ? health.path : withoutWildcards(route.paths[0] ?? "/", "");
        const [pattern] = route.hosts;
        const host = pattern === undefined ? address.hostname : withoutWildcards(pattern, "smoke-test");
        return [{ service, address, host, path, isHealthPath }];
    });
}

/** ELB's patterns: `*` stands for any characters, `?` for one. */
function matches(pattern: string, path: string): boolean {
    const expression = pattern
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".");
    return new RegExp(`^${expression}$`).test(path.split("?", 1)[0] ?? "");
}

function withoutWildcards(pattern: string, filler: string): string {
    return pattern.replace(/\*/g, filler).replace(/\?/g, "x");
}
