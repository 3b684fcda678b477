import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { PROJECT_FOLDER, ServiceSettings, Settings, settingsOf } from "../../../settings";
import { readStackFiles } from "../../../tools/cli/stack-files";
import { ask } from "../../../tools/deployed/smoke-ask";
import { Target, smokeTargets } from "../../../tools/deployed/smoke-targets";
import { command, insist } from "../../../tools/deployed/smoke";
import { call } from "../../support/command-line";

const files = readStackFiles(PROJECT_FOLDER, "dev");
const dev = settingsOf(files.config, files);

/** Asked at its health path, and for nothing else. */
const TARGET: Target = {
    ...{ service: "web", address: new URL("http://127.0.0.1"), host: "shop.example.com", path: "/healthz", method: "GET" },
    ...{ headers: {}, protocol: "http1", isHealthPath: true },
};

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

describe("the smoke test", () => {
    const servers = new Set<http.Server>();
    afterEach(() => {
        for (const server of servers) server.close().closeAllConnections();
        servers.clear();
    });

    async function listen(server: http.Server): Promise<number> {
        servers.add(server);
        await once(server.listen(0, "127.0.0.1"), "listening");
        return (server.address() as AddressInfo).port;
    }

    describe("asks every routed service", () => {
        const changed = (...given: object[]) => {
            const [web] = dev.services;
            return { services: given.map(service => ({ ...web, ...service })) as ServiceSettings[] };
        };
        const targets = (service: object, loadBalancer: Settings["loadBalancer"] = {}, url = "http://alb.test") =>
            smokeTargets({ ...changed({ health: { path: "/healthz" }, ...service }), loadBalancer }, url);
        const asked = (service: object) =>
            targets(service).map(({ host, path: at, isHealthPath }) => ({ host, path: at, isHealthPath }));

        it("at its health path, under the load balancer's name, when its route has no host", () => {
            assert.deepEqual(asked({ route: { hosts: [], paths: ["/*"] } }), [
                { host: "alb.test", path: "/healthz", isHealthPath: true },
            ]);
        });

        it("under its own host, since that decides which rule answers", () => {
            assert.equal(
                asked({ route: { hosts: ["api.example.com", "b.example.com"], paths: ["/*"] } })[0]?.host,
                "api.example.com",
            );
            assert.equal(asked({ route: { hosts: ["*.example.com"], paths: ["/*"] } })[0]?.host, "smoke-test.example.com");
        });

        it("where its route leads, when that is not its health path", () => {
            assert.deepEqual(asked({ route: { hosts: [], paths: ["/api/*", "/v?"] } }), [
                { host: "alb.test", path: "/api/", isHealthPath: false },
            ]);
            assert.equal(asked({ route: { hosts: [], paths: ["/api/*", "/health?"] } })[0]?.isHealthPath, true);
            assert.equal(asked({ route: { hosts: [], paths: ["/heal.hz"] } })[0]?.isHealthPath, false, "a dot stands for a dot");
        });

        it("with the headers, the method and the query that its route wants, and by none that may change something", () => {
            const route = { hosts: [], paths: ["/*"], headers: { "X-Version": ["2*", "3"] }, query: { beta: ["1"] } };
            const [get] = targets({ route: { ...route, methods: ["POST", "GET"] } });
            assert.deepEqual([get?.method, get?.headers, get?.path], ["GET", { "X-Version": "2x" }, "/healthz?beta=1"]);
            assert.equal(targets({ route: { ...route, methods: ["OPTIONS", "PUT"] } })[0]?.method, "OPTIONS");
            assert.deepEqual(targets({ route: { ...route, methods: ["POST"] } }), []);
        });

        it("with a request that no other rule takes before, where there is one", () => {
            const all = { route: { hosts: [], paths: ["/*"] } };
            const toWww = { hosts: ["shop.test"], paths: ["/*"], to: "www.shop.test", status: 301 as const };
            const [moved] = targets(all, { redirects: [toWww] }, "https://shop.test");
            assert.deepEqual([moved?.host, moved?.path], ["www.shop.test", "/healthz"]);
            const health = { hosts: [], paths: ["/healthz"], status: 200, contentType: "text/plain" as const, body: "" };
            const [other] = targets({ route: { hosts: [], paths: ["/*", "/x/*"] } }, { answers: [health] });
            assert.deepEqual([other?.path, other?.isHealthPath], ["/", false]);
            const both = changed(
                { name: "web", ...all, health: { path: "/healthz" } },
                { name: "beta", route: { hosts: [], paths: ["/*"], query: { beta: ["1"] } }, health: { path: "/healthz" } },
            );
            assert.deepEqual(
                smokeTargets(both, "http://alb.test").map(({ service, path }) => [service, path]),
                [
                    ["web", "/healthz"],
                    ["beta", "/healthz?beta=1"],
                ],
            );
        });

        it("of gRPC by POST, at the method of its health check or where its route leads", () => {
            const grpc = { hosts: [], paths: ["/*"], protocol: "grpc" };
            const health = { path: "/AWS.ALB/healthcheck" };
            const [whole] = targets({ health, route: grpc });
            assert.deepEqual([whole?.method, whole?.path, whole?.protocol], ["POST", health.path, "grpc"]);
            assert.equal(targets({ health, route: { ...grpc, paths: ["/shop.Orders/*"] } })[0]?.path, "/shop.Orders/");
        });

        it("and no worker", () => {
            const routed = smokeTargets(
                changed({ name: "mail", route: undefined }, { name: "web", route: { hosts: [], paths: ["/*"] } }),
                "http://alb.test",
            );
            assert.deepEqual(
                routed.map(({ service }) => service),
                ["web"],
            );
        });
    });

    describe("takes for a good answer", () => {
        const answerTo = async (handler: Handler, target: Partial<Target> = {}) => {
            const port = await listen(http.createServer(handler));
            const address = new URL(`http://127.0.0.1:${port}`);
            return ask({ ...TARGET, address, ...target });
        };
        const status =
            (code: number, server = "nginx"): Handler =>
            (_, response) =>
                response.writeHead(code, { server }).end();

        it("200 to 399 at the health path", async () => {
            for (const code of [200, 204, 302, 399])
                assert.match((await answerTo(status(code))).text, new RegExp(`^${code} in \\d+ ms$`));
            for (const code of [400, 404, 500, 503]) {
                const { isGood, text } = await answerTo(status(code));
                assert.equal(isGood, false);
                assert.match(text, new RegExp(`^${code} from the service`));
            }
        });

        it("elsewhere whatever the service says of its own, but that it failed", async () => {
            assert.equal((await answerTo(status(404), { isHealthPath: false })).isGood, true);
            assert.equal((await answerTo(status(500), { isHealthPath: false })).isGood, false);
        });

        it("nothing that the load balancer says in its place", async () => {
            for (const [code, meaning] of [
                [464, /it speaks another protocol with the tasks/],
                [404, /no listener rule leads this host and path anywhere/],
                [503, /no task is registered/],
                [504, /no task answered in time/],
                [301, /no task was asked/],
            ] as const) {
                const { isGood, text } = await answerTo(status(code, "awselb/2.0"), { isHealthPath: false });
                assert.equal(isGood, false);
                assert.match(text, meaning);
            }
        });

        it("nothing but a whole answer", async () => {
            const { isGood, text } = await answerTo((request, response) => {
                response.writeHead(200, { "content-length": "100" }).write("half");
                setTimeout(() => request.socket.destroy(), 20);
            });
            assert.equal(isGood, false);
            assert.match(text, /^no answer after \d+ ms: /);
        });

        it("no answer where nobody listens, and says so", async () => {
            const port = await listen(http.createServer());
            for (const server of servers) server.close();
            const { isGood, text } = await ask({ ...TARGET, address: new URL(`http://127.0.0.1:${port}`) });
            assert.equal(isGood, false);
            assert.match(text, /ECONNREFUSED/);
        });

        it("one to the host and the path that were meant", async () => {
            let seen: unknown;
            await answerTo(
                (request, response) => {
                    const { host, connection, "x-a": own } = request.headers;
                    seen = { host, own, method: request.method, url: request.url, connection };
                    response.end();
                },
                { method: "HEAD", headers: { "X-A": "1" } },
            );
            const host = "shop.example.com";
            assert.deepEqual(seen, { host, own: "1", method: "HEAD", url: "/healthz", connection: "close" });
        });

        describe("over HTTP/2", () => {
            const answerOf = async (
                headers: http2.OutgoingHttpHeaders,
                changes: Partial<Target>,
                trailers?: http2.OutgoingHttpHeaders,
            ) => {
                const server = http2.createServer().on("stream", (stream, asked) => {
                    seen = asked;
                    stream.respond(headers, { waitForTrailers: trailers !== undefined });
                    if (trailers !== undefined) stream.once("wantTrailers", () => stream.sendTrailers(trailers));
                    stream.end();
                });
                await once(server.listen(0, "127.0.0.1"), "listening");
                const address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
                const answer = await ask({ ...TARGET, address, protocol: "http2", ...changes });
                server.close();
                return answer;
            };
            let seen: http2.IncomingHttpHeaders = {};
            const grpc = { protocol: "grpc", method: "POST", path: "/AWS.ALB/healthcheck" } as const;

            it("the same as elsewhere", async () => {
                assert.match((await answerOf({ ":status": 200 }, {})).text, /^200 in \d+ ms$/);
                assert.deepEqual([seen[":authority"], seen[":path"], seen[":method"]], ["shop.example.com", "/healthz", "GET"]);
                assert.equal(
                    (await answerOf({ ":status": 404 }, {})).text,
                    "404 from the service; a healthy one answers 200 to 399 here",
                );
                assert.match(
                    (await answerOf({ ":status": 464, server: "awselb/2.0" }, {})).text,
                    /^464 from the load balancer itself/,
                );
            });

            it("gRPC's status, in trailers or alone: that of a method which is not there at the load balancer's own", async () => {
                const answer = await answerOf({ ":status": 200 }, grpc, { "grpc-status": "12" });
                assert.match(answer.text, /^gRPC status 12 in \d+ ms$/);
                assert.deepEqual([seen["content-type"], seen["te"]], ["application/grpc", "trailers"]);
                const ok = { ...grpc, path: "/grpc.health.v1.Health/Check" };
                assert.equal((await answerOf({ ":status": 200, "grpc-status": "0" }, ok)).isGood, true);
                assert.equal(
                    (await answerOf({ ":status": 200, "grpc-status": "5" }, ok)).text,
                    "gRPC status 5 from the service; a healthy one answers 0 here",
                );
                const elsewhere = { ...grpc, isHealthPath: false };
                assert.equal((await answerOf({ ":status": 200, "grpc-status": "16" }, elsewhere)).isGood, true);
                assert.equal((await answerOf({ ":status": 200, "grpc-status": "14" }, elsewhere)).isGood, false);
                assert.equal((await answerOf({ ":status": 200 }, elsewhere)).text, "200 from the service, without a gRPC status");
            });
        });
    });

    describe("as a command", () => {
        const [target] = smokeTargets(dev, "http://127.0.0.1");

        /** Asks with a clock that stands still but for the pauses. */
        async function insisted(handler: Handler, withinSeconds: number): Promise<{ isGood: boolean; told: string }> {
            const port = await listen(http.createServer(handler));
            let milliseconds = 0;
            const clock = { now: () => milliseconds, sleep: async (pause: number) => Promise.resolve((milliseconds += pause)) };
            const told: string[] = [];
            assert.ok(target);
            const address = new URL(`http://127.0.0.1:${port}`);
            const isGood = await insist({ ...target, address }, withinSeconds, line => told.push(`${line}\n`), clock);
            return { isGood, told: told.join("") };
        }

        it("goes on until a deployment answers three times in a row, and says what it met", async () => {
            let count = 0;
            // Tasks that come and go: a first good answer proves nothing.
            const codes = [503, 200, 503];
            const { isGood, told } = await insisted((_, response) => response.writeHead(codes[count++] ?? 200).end(), 20);
            assert.equal(isGood, true, told);
            assert.equal(count, 6);
            assert.match(told, /^\S+: http:\/\/127\.0\.0\.1\/healthz {2}not yet: 503 from the service\n/);
            assert.match(told, / {2}200 in \d+ ms, 3 good answers in a row\n$/);
        });

        it("fails in time when a deployment never answers well", async () => {
            let count = 0;
            const never: Handler = (_, response) => response.writeHead(502, (count++, { server: "awselb/2.0" })).end();
            const { isGood, told } = await insisted(never, 2);
            assert.deepEqual([isGood, count], [false, 2]);
            assert.match(told, /failed: 502 from the load balancer itself: a task broke the connection off\n$/);
        });

        for (const args of [
            ["--url", "shop.example.com"],
            ["--within-seconds", "0"],
        ] as const) {
            it(`refuses ${args.join(" ")}`, async () => {
                const { code, errors } = await call(command, ["dev", ...args]);
                assert.notEqual(code, 0);
                assert.match(errors, /Allowed: /);
            });
        }
    });
});
