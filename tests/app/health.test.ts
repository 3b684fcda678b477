import assert from "node:assert/strict";
import http from "node:http";
import type net from "node:net";
import path from "node:path";
import { appFolder, killAll, NodeProcess, Service } from "./processes";

describe("the container's health check", () => {
    afterEach(killAll);

    it("is 0 and silent when the service serves", async () => {
        const service = await Service.start();
        assert.deepEqual(await check(service.port), { code: 0, output: "", errors: "" });
    });

    it("is 1 with the status when the answer is not 200", async () => {
        for (const status of [503, 404, 204, 301]) {
            await withServer(
                (_, response) => response.writeHead(status, { Location: "/" }).end(),
                async port => fails(await check(port), port, `status ${status}`),
            );
        }
    });

    it("is 1 when nothing listens", async () => {
        const port = await withServer(undefined, port => Promise.resolve(port));
        fails(await check(port), port, `connect ECONNREFUSED 127.0.0.1:${port}`);
    });

    it("is 1 when the port is none", async () => {
        const { code, errors } = await check("http");
        assert.equal(code, 1);
        assert.match(errors, /^http:\/\/127\.0\.0\.1:http\/healthz: Port should be .+\n$/);
    });

    it("is 1 when there is no answer within 2 s", async () => {
        await withServer(
            () => undefined,
            async port => fails(await check(port), port, "no answer within 2 s"),
        );
    }).timeout(10_000);

    it("asks /healthz, once", async () => {
        const asked: (string | undefined)[] = [];
        await withServer(
            ({ method, url }, response) => {
                asked.push(method, url);
                response.end();
            },
            async port => assert.equal((await check(port)).code, 0),
        );
        assert.deepEqual(asked, ["GET", "/healthz"]);
    });
});

async function check(port: number | string) {
    const { code, output, errors } = await new NodeProcess([path.join(appFolder, "health.js")], { PORT: String(port) }).ended;
    return { code, output, errors };
}

function fails(outcome: Awaited<ReturnType<typeof check>>, port: number, reason: string): void {
    assert.deepEqual(outcome, { code: 1, output: "", errors: `http://127.0.0.1:${port}/healthz: ${reason}\n` });
}

async function withServer<T>(listener: http.RequestListener | undefined, use: (port: number) => Promise<T>): Promise<T> {
    const server = http.createServer(listener).listen(0, "127.0.0.1");
    await new Promise(resolve => server.once("listening", resolve));
    try {
        return await use((server.address() as net.AddressInfo).port);
    } finally {
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
    }
}
