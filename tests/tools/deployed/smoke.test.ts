import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { PROJECT_FOLDER, ServiceSettings, settingsOf } from "../../../settings";
import { readStackFiles } from "../../../tools/cli/stack-files";
import { Target, ask, smokeTargets } from "../../../tools/deployed/smoke-ask";
import { command, insist } from "../../../tools/deployed/smoke";
import { call } from "../../support/command-line";

const services = (stack: string) => {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    return settingsOf(files.config, files).services;
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
            const [web] = services("dev");
            return given.map(service => ({ ...web, ...service })) as ServiceSettings[];
        };
        const asked = (service: object, url = "http://alb.test") =>
            smokeTargets(changed({ health: { path: "/healthz" }, ...service }), url).map(({ host, path: at, isHealthPath }) => ({
                host,
                path: at,
                isHealthPath,
            }));

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

        it("and no worker", () => {
            const targets = smokeTargets(
                changed({ name: "mail", route: undefined }, { name: "web", route: { hosts: [], paths: ["/*"] } }),
                "http://alb.test",
            );
            assert.deepEqual(
                targets.map(({ service }) => service),
                ["web"],
            );
        });
    });

    describe("takes for a good answer", () => {
        const answerTo = async (handler: Handler, target: Partial<Target> = {}) => {
            const port = await listen(http.createServer(handler));
            const address = new URL(`http://127.0.0.1:${port}`);
            return ask({ service: "web", address, host: "shop.example.com", path: "/healthz", isHealthPath: true, ...target });
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
            const { isGood, text } = await ask({
                service: "web",
                address: new URL(`http://127.0.0.1:${port}`),
                host: "a",
                path: "/",
                isHealthPath: true,
            });
            assert.equal(isGood, false);
            assert.match(text, /ECONNREFUSED/);
        });

        it("one to the host and the path that were meant", async () => {
            let seen: unknown;
            await answerTo((request, response) => {
                seen = { host: request.headers.host, url: request.url, connection: request.headers.connection };
                response.end();
            });
            assert.deepEqual(seen, { host: "shop.example.com", url: "/healthz", connection: "close" });
        });
    });

    describe("as a command", () => {
        const [target] = smokeTargets(services("dev"), "http://127.0.0.1");

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
