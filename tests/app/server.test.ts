import assert from "node:assert/strict";
import net from "node:net";
import { Connection, killAll, parse, request, serverFile, Service } from "./processes";

describe("the sample service answers", () => {
    let service: Service;
    before(async () => (service = await Service.start({ SERVICE: "web", VERSION: "1.2.3" })));
    after(killAll);

    it("/ tells the service and version it was given", async () => {
        const { status, headers, body } = await service.send("GET", "/");
        assert.equal(status, 200);
        assert.equal(headers["content-type"], "application/json");
        assert.deepEqual(JSON.parse(body), { service: "web", version: "1.2.3" });
    });

    it("/healthz is 200 while it serves", async () => {
        assert.equal((await service.send("GET", "/healthz")).status, 200);
    });

    it("any other path is 404, in JSON", async () => {
        for (const target of ["/missing", "/healthz/", "/../healthz", "//"]) {
            const { status, body } = await service.send("GET", target);
            assert.equal(status, 404, target);
            assert.deepEqual(JSON.parse(body), { error: "not found" });
        }
    });

    it("a query does not change the path", async () => {
        assert.equal((await service.send("GET", "/healthz?from=test")).status, 200);
    });

    it("an absolute address is the same as its path", async () => {
        assert.equal((await service.send("GET", "http://test/healthz")).status, 200);
        assert.equal((await service.send("GET", "http://test")).status, 200);
    });

    it("methods other than GET and HEAD are 405 and told which are allowed", async () => {
        for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
            const { status, headers, body } = await service.send(method, "/healthz");
            assert.equal(status, 405, method);
            assert.equal(headers.allow, "GET, HEAD");
            assert.deepEqual(JSON.parse(body), { error: "method not allowed" });
        }
    });

    it("HEAD has the headers of GET and no body", async () => {
        const get = await service.send("GET", "/");
        const head = await service.send("HEAD", "/");
        assert.equal(head.status, 200);
        assert.equal(head.headers["content-length"], String(get.body.length));
        assert.equal(head.body, "");
    });

    it("a connection is kept for the next request, longer than the load balancer's 60 s", async () => {
        const connection = await Connection.open(service.port);
        for (const target of ["/", "/healthz"]) {
            connection.received = "";
            connection.write(request("GET", target));
            await connection.until("}\n");
            const { headers } = parse(connection.received);
            assert.equal(headers.connection, "keep-alive");
            assert.equal(headers["keep-alive"], "timeout=65");
        }
        connection.leave();
    });

    it("malformed requests end their own connection and nothing else", async () => {
        const malformed = {
            "a TLS handshake": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
            "no HTTP at all": "\0\0\0 what?\r\n\r\n",
            "an unknown version": "GET / HTTP/9.9\r\n\r\n",
            "no Host": "GET / HTTP/1.1\r\n\r\n",
            "two lengths": request("GET", "/", ["Content-Length: 1", "Transfer-Encoding: chunked"]),
            "a bad chunk": request("GET", "/", ["Transfer-Encoding: chunked"]) + "zz\r\n",
            "headers beyond the limit": request("GET", "/", [`X-Long: ${"x".repeat(20_000)}`]),
            "a tunnel": request("CONNECT", "elsewhere:443"),
        };
        for (const [what, text] of Object.entries(malformed)) {
            const connection = await Connection.open(service.port);
            connection.write(text);
            await connection.closed;
            assert.doesNotMatch(connection.received, /^HTTP\/1.1 [235]/, what);
            assert.equal((await service.send("GET", "/healthz")).status, 200, `after ${what}`);
        }
    });

    it("a request for another protocol is answered as plain HTTP", async () => {
        const connection = await Connection.open(service.port);
        connection.write(request("GET", "/", ["Connection: upgrade", "Upgrade: websocket"]));
        await connection.until("}\n");
        assert.equal(parse(connection.received).status, 200);
        connection.leave();
    });
});

describe("the access log", () => {
    let service: Service;
    beforeEach(async () => (service = await Service.start()));
    afterEach(killAll);

    it("has one JSON line per request with what an operator needs", async () => {
        const trace = "Root=1-67891233-abcdef012345678912345678";
        const { body } = await service.send("GET", "/missing", [`X-Amzn-Trace-Id: ${trace}`]);
        const { time, durationMs, ...rest } = await service.line(line => line.status !== undefined);
        assert.deepEqual(rest, { method: "GET", path: "/missing", status: 404, bytes: body.length, requestId: trace });
        assert.equal(new Date(time).toISOString(), time);
        assert.ok(durationMs !== undefined && durationMs >= 0);
        assert.equal(service.lines().filter(line => line.status !== undefined).length, 1);
    });

    it("counts no bytes for HEAD and names no request that the load balancer did not name", async () => {
        await service.send("HEAD", "/");
        const line = await service.line(({ status }) => status !== undefined);
        assert.equal(line.bytes, 0);
        assert.ok(!("requestId" in line));
    });

    it("never holds a query, a fragment or credentials", async () => {
        const targets = [
            "/?k=hunter2",
            "/healthz?hunter2",
            "/x?a?hunter2",
            "/#hunter2",
            "http://me:hunter2@test/?hunter2",
            "http://test?hunter2",
        ];
        for (const target of targets) {
            await service.send("GET", target);
        }
        await service.drain();
        const { output, errors } = await service.ended;
        assert.equal(service.lines().filter(line => line.status !== undefined).length, targets.length);
        assert.doesNotMatch(output + errors, /hunter2/);
    });

    it("keeps its lines whole: what a client chooses stays below the 16 KiB at which awslogs splits", async () => {
        const long = "x".repeat(7000);
        await service.send("GET", `/${long}`, [`X-Amzn-Trace-Id: ${long}`]);
        const { path, requestId } = await service.line(({ status }) => status === 404);
        assert.deepEqual([path?.length, requestId?.length], [1024, 1024]);
    });

    it("gives a client that left before its answer the load balancer's status 460", async () => {
        const connection = await Connection.inFlight(service.port);
        connection.leave();
        const { path, bytes } = await service.line(({ status }) => status === 460);
        assert.deepEqual({ path, bytes }, { path: "/", bytes: 0 });
        assert.equal((await service.send("GET", "/healthz")).status, 200);
    });
});

describe("draining", () => {
    let service: Service;
    beforeEach(async () => (service = await Service.start()));
    afterEach(killAll);

    for (const signal of ["SIGTERM", "SIGINT"] as const) {
        it(`an in-flight request is answered before ${signal} ends the process with 0`, async () => {
            const connection = await Connection.inFlight(service.port);
            await service.drain(signal);
            const { status, headers } = await connection.finish();
            assert.equal(status, 200);
            assert.equal(headers.connection, "close");
            const { code, errors } = await service.ended;
            assert.deepEqual({ code, errors }, { code: 0, errors: "" });
        });
    }

    it("a request whose headers are still arriving is answered", async () => {
        const connection = await Connection.open(service.port);
        const half = request("GET", "/missing").slice(0, -8);
        // In one piece with a whole request: the answer to that one proves that the half was read.
        connection.write(request("GET", "/") + half);
        await connection.until("}\n");
        connection.received = "";
        await service.drain();
        connection.write(request("GET", "/missing").slice(half.length));
        await connection.closed;
        assert.equal(parse(connection.received).status, 404);
        assert.equal((await service.ended).code, 0);
    });

    it("the last answer is in the log", async () => {
        const connection = await Connection.inFlight(service.port, "/last");
        await service.drain();
        await connection.finish();
        await service.ended;
        assert.equal(service.lines().at(-1)?.path, "/last");
    });

    it("/healthz is 503", async () => {
        const connection = await Connection.inFlight(service.port, "/healthz");
        await service.drain();
        assert.equal((await connection.finish()).status, 503);
    });

    it("new connections are refused", async () => {
        const connection = await Connection.inFlight(service.port);
        await service.drain();
        await assert.rejects(Connection.open(service.port), { code: "ECONNREFUSED" });
        assert.equal((await connection.finish()).status, 200);
    });

    it("an idle connection is closed while others are still answered", async () => {
        const idle = await Connection.open(service.port);
        idle.write(request("GET", "/"));
        await idle.until("}\n");
        const connection = await Connection.inFlight(service.port);
        await service.drain();
        await idle.closed;
        assert.equal((await connection.finish()).status, 200);
    });

    it("a connection that never sent a byte is closed while others are still answered", async () => {
        const silent = await Connection.open(service.port);
        // Connections are accepted in order: this one in flight proves that the silent one is accepted.
        const connection = await Connection.inFlight(service.port);
        await service.drain();
        await silent.closed;
        assert.equal((await connection.finish()).status, 200);
        assert.equal((await service.ended).code, 0);
    });

    it("a second signal changes nothing", async () => {
        const connection = await Connection.inFlight(service.port);
        await service.drain("SIGINT");
        service.signal("SIGTERM");
        service.signal("SIGINT");
        assert.equal((await connection.finish()).status, 200);
        assert.equal((await service.ended).code, 0);
    });

    it("a process without connections ends at once", async () => {
        await service.drain();
        const { code, signal } = await service.ended;
        assert.deepEqual({ code, signal }, { code: 0, signal: null });
    });

    it("a request that outlasts DRAIN_SECONDS ends the process with 1 and one line that says so", async () => {
        const bounded = await Service.start({ DRAIN_SECONDS: "1" });
        const connection = await Connection.inFlight(bounded.port);
        const started = performance.now();
        await bounded.drain();
        assert.equal(connection.isClosed, false);
        const { code, errors } = await bounded.ended;
        assert.equal(code, 1);
        // Node rounds the start of a timer down to its loop's millisecond.
        assert.ok(performance.now() - started > 990, "ended before its time");
        assert.match(oneLine(errors), /^1 connection\(s\) still open after 1 s of draining/);
    });
});

describe("starting", () => {
    afterEach(killAll);

    it("a bad PORT or DRAIN_SECONDS is one line that names it, its value and the allowed ones, and an end with 1", async () => {
        const bad = [
            ...["", "http", "-1", "80.5", "65536", "0x50", " 80"].map(PORT => ({ PORT })),
            ...["", "soon", "0", "120"].map(DRAIN_SECONDS => ({ PORT: "0", DRAIN_SECONDS })),
        ];
        await Promise.all(
            bad.map(async environment => {
                const [name = "", value = ""] = Object.entries(environment).at(-1) ?? [];
                const { code, output, errors } = await new Service([serverFile], environment).ended;
                assert.deepEqual({ code, output }, { code: 1, output: "" }, `${name}=${value}`);
                assert.match(oneLine(errors), new RegExp(`^${name} is "${value}"; it must be a whole number from \\d+ to \\d+$`));
            }),
        );
    });

    it("a port in use is one line and an end with 1", async () => {
        const taken = net.createServer().listen(0, "0.0.0.0");
        await new Promise(resolve => taken.once("listening", resolve));
        const { port } = taken.address() as net.AddressInfo;
        const { code, errors } = await new Service([serverFile], { PORT: String(port) }).ended;
        taken.close();
        assert.equal(code, 1);
        assert.match(oneLine(errors), new RegExp(`^cannot listen on port ${port}: .*EADDRINUSE`));
    });

    it("nothing is written to disk: a whole life passes where Node forbids every write", async () => {
        const known = process.allowedNodeEnvironmentFlags;
        const permission = known.has("--permission") ? "--permission" : "--experimental-permission";
        const flags = [permission, "--allow-fs-read=*", ...(known.has("--allow-net") ? ["--allow-net"] : [])];
        const service = await Service.start({}, flags);
        assert.equal((await service.send("GET", "/")).status, 200);
        await service.drain();
        assert.equal((await service.ended).code, 0);
    });
});

/** The message of the only line of stderr. */
function oneLine(errors: string): string {
    assert.match(errors, /^.+\n$/);
    return (JSON.parse(errors) as { message: string }).message;
}
