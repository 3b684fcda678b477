import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER, ServiceSettings, settingsOf } from "../../../settings";
import { readStackFiles } from "../../../tools/cli/stack-files";
import { Target, ask, smokeTargets } from "../../../tools/deployed/smoke-ask";
import { run } from "../../support/command-line";

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

describe("the smoke test", () => {
    const servers = new Set<http.Server | https.Server>();
    afterEach(() => {
        for (const server of servers) server.close().closeAllConnections();
        servers.clear();
    });

    async function listen(server: http.Server | https.Server): Promise<number> {
        servers.add(server);
        await once(server.listen(0, "127.0.0.1"), "listening");
        return (server.address() as AddressInfo).port;
    }

    describe("asks every routed service", () => {
        const services = (...given: object[]) => {
            const files = readStackFiles(PROJECT_FOLDER, "dev");
            const [web] = settingsOf(files.config, files).services;
            return given.map(service => ({ ...web, ...service })) as ServiceSettings[];
        };
        const asked = (service: object, url = "http://alb.test") =>
            smokeTargets(services({ health: { path: "/healthz" }, ...service }), url).map(({ host, path: at, isHealthPath }) => ({
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
                services({ name: "mail", route: undefined }, { name: "web", route: { hosts: [], paths: ["/*"] } }),
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

    describe("as a command", function () {
        this.timeout(30_000);
        const smoke = (
            stack: string,
            port: number,
            { scheme = "http", within = "20", ...environment }: Record<string, string> = {},
        ) => run("smoke", [stack, "--url", `${scheme}://127.0.0.1:${port}`, "--within-seconds", within], environment);

        it("goes on until a deployment answers three times in a row, and says what it met", async () => {
            let count = 0;
            // Tasks that come and go: a first good answer proves nothing.
            const codes = [503, 200, 503];
            const port = await listen(http.createServer((_, response) => response.writeHead(codes[count++] ?? 200).end()));
            const { code, output } = await smoke("dev", port);
            assert.equal(code, 0, output);
            assert.equal(count, 6);
            assert.match(output, /^\S+: http:\/\/127\.0\.0\.1\/healthz {2}not yet: 503 from the service\n/);
            assert.match(output, / {2}200 in \d+ ms, 3 good answers in a row\n$/);
        });

        it("fails in time when a deployment never answers well", async () => {
            const port = await listen(
                http.createServer((_, response) => response.writeHead(502, { server: "awselb/2.0" }).end()),
            );
            const { code, output } = await smoke("dev", port, { within: "2" });
            assert.equal(code, 1);
            assert.match(output, /failed: 502 from the load balancer itself: a task broke the connection off\n$/);
        });

        it("asks for the service's host over TLS, and believes no certificate of another", async function () {
            const files = readStackFiles(PROJECT_FOLDER, "prod");
            const [target] = smokeTargets(settingsOf(files.config, files).services, "https://alb.test");
            const own = target?.host ?? "";
            const folder = mkdtempSync(path.join(tmpdir(), "smoke-"));
            try {
                for (const [host, isGood] of [
                    [own, true],
                    [`other.${own}`, false],
                ] as const) {
                    const [key, cert] = ["key", "cert"].map(name => path.join(folder, `${host}.${name}`)) as [string, string];
                    const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
                    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
                    execFileSync("openssl", [...made, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
                    const names: unknown[] = [];
                    const server = https.createServer(
                        { key: readFileSync(key), cert: readFileSync(cert) },
                        (request, response) => {
                            names.push((request.socket as unknown as { servername: unknown }).servername, request.headers.host);
                            response.end();
                        },
                    );
                    const { code, output } = await smoke("prod", await listen(server), {
                        scheme: "https",
                        within: "3",
                        NODE_EXTRA_CA_CERTS: cert,
                    });
                    assert.equal(code, isGood ? 0 : 1, output);
                    if (isGood) assert.deepEqual([...new Set(names)], [own]);
                    else assert.match(output, /failed: no answer after \d+ ms: ERR_TLS_CERT_ALTNAME_INVALID/);
                }
            } finally {
                rmSync(folder, { recursive: true, force: true });
            }
        });

        for (const args of [
            ["--url", "shop.example.com"],
            ["--within-seconds", "0"],
        ] as const) {
            it(`refuses ${args.join(" ")}`, async () => {
                const { code, errors } = await run("smoke", ["dev", ...args]);
                assert.notEqual(code, 0);
                assert.match(errors, /Allowed: /);
            });
        }
    });
});
