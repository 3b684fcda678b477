import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import { healthMatcher } from "../../model/protocol";
import type { Target } from "./smoke-targets";

export interface Answer {
    readonly isGood: boolean;
    /** `200 in 12 ms`, or what is wrong. */
    readonly text: string;
}

const TIMEOUT_MS = 10_000;

/** What the load balancer calls itself where no target gave the answer (as seen in its own 404, 502, 503 and redirects). */
const LOAD_BALANCER = "awselb/";

/** Asks once. A request of its own connection: the next one may meet another node of the load balancer. */
export async function ask(target: Target): Promise<Answer> {
    const started = performance.now();
    const after = () => `${Math.round(performance.now() - started)} ms`;
    try {
        const said = await (target.protocol === "http1" ? get(target) : getOverHttp2(target));
        const fault = said.server.startsWith(LOAD_BALANCER)
            ? `${said.status} from the load balancer itself: ${meaning(said.status)}`
            : target.protocol === "grpc"
              ? grpcFault(said, target)
              : httpFault(said, target);
        if (fault !== undefined) return { isGood: false, text: fault };
        return {
            isGood: true,
            text: `${target.protocol === "grpc" ? `gRPC status ${said.grpcStatus}` : said.status} in ${after()}`,
        };
    } catch (error) {
        return { isGood: false, text: `no answer after ${after()}: ${reason(error)}` };
    }
}

/** What came back, whole. */
interface Said {
    readonly status: number;
    readonly server: string;
    /** Empty where it is none of gRPC. */
    readonly grpcStatus: string;
}

function httpFault({ status }: Said, { isHealthPath }: Target): string | undefined {
    if (status >= 500) return `${status} from the service`;
    if (isHealthPath && (status < 200 || status > 399))
        return `${status} from the service; a healthy one answers 200 to 399 here`;
    return undefined;
}

/** Unknown, internal, unavailable, data loss (gRPC's status codes): the service is there and fails. */
const GRPC_FAILURES = ["2", "13", "14", "15"];

function grpcFault({ status, grpcStatus }: Said, { isHealthPath, path, protocol }: Target): string | undefined {
    if (grpcStatus === "") return `${status} from the service, without a gRPC status`;
    const wanted = healthMatcher(protocol, path);
    if (isHealthPath && grpcStatus !== wanted)
        return `gRPC status ${grpcStatus} from the service; a healthy one answers ${wanted} here`;
    return GRPC_FAILURES.includes(grpcStatus) ? `gRPC status ${grpcStatus} from the service` : undefined;
}

const USER_AGENT = "fargate-smoke-test";

function get({ address, host, path, method, headers }: Target): Promise<Said> {
    const client = address.protocol === "https:" ? https : http;
    return new Promise((resolve, reject) => {
        const request = client.request(new URL(path, address), {
            agent: false,
            method,
            headers: { "user-agent": USER_AGENT, ...headers, host },
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        request.once("error", reject);
        request.once("response", response => {
            const { statusCode = 0, headers } = response;
            // A status with half a body is no answer.
            response
                .once("error", reject)
                .once("end", () => resolve({ status: statusCode, server: String(headers["server"] ?? ""), grpcStatus: "" }));
            response.resume();
        });
        request.end();
    });
}

/** An empty message: not compressed, of no length. */
const EMPTY_MESSAGE = Buffer.alloc(5);

function getOverHttp2({ address, host, path, method, headers, protocol }: Target): Promise<Said> {
    return new Promise((resolve, reject) => {
        const session = http2.connect(address, { servername: host });
        const end = (outcome: () => void) => {
            outcome();
            session.destroy();
        };
        session.once("error", (error: Error) => end(() => reject(error)));
        const grpc = protocol === "grpc" && { "content-type": "application/grpc", te: "trailers" };
        const asked = { "user-agent": USER_AGENT, ...headers, ...grpc };
        const pseudo = { ":method": method, ":path": path, ":authority": host };
        const request = session.request({ ...asked, ...pseudo }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
        let answered: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
        request
            .once("error", (error: Error) => end(() => reject(error)))
            .once("response", (headers: typeof answered) => (answered = { ...headers }))
            .once("trailers", (trailers: typeof answered) => (answered = { ...answered, ...trailers }))
            .once("end", () =>
                end(() =>
                    resolve({
                        status: answered[":status"] ?? 0,
                        server: String(answered["server"] ?? ""),
                        grpcStatus: String(answered["grpc-status"] ?? ""),
                    }),
                ),
            );
        request.resume();
        request.end(protocol === "grpc" ? EMPTY_MESSAGE : undefined);
    });
}

function meaning(status: number): string {
    switch (status) {
        case 404:
            return "no listener rule leads this host and path anywhere";
        case 464:
            return "it speaks another protocol with the tasks";
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
