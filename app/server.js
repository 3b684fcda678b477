"use strict";

const http = require("node:http");

const port = wholeNumber("PORT", 8080, 0, 65535);
// Fargate's stopTimeout is 120 s at most; this must stay below the task's own, or SIGKILL comes first.
const drainSeconds = wholeNumber("DRAIN_SECONDS", 15, 1, 119);
const { SERVICE: service = "sample", VERSION: version } = process.env;

// The load balancer keeps idle connections for 60 s. Whoever closes first must be the load balancer: a request that meets a
// closing connection is a 502. Node refuses a headersTimeout above the requestTimeout.
const server = http.createServer({ keepAliveTimeout: 65_000, headersTimeout: 66_000, requestTimeout: 75_000 }, handle);
const connections = new Set();
let draining = false;

server.on("connection", connection => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
});
server.on("error", error => fail(`cannot listen on port ${port}: ${error.message}`));

// The first process of a container has no default signal handlers: without these, SIGTERM does nothing.
process.on("SIGTERM", drain);
process.on("SIGINT", drain);

server.listen(port, "0.0.0.0", () => log({ message: "listening", port: server.address().port, service, version }));

function handle(request, response) {
    const started = performance.now();
    response.on("close", () => {
        log({
            method: request.method,
            path: pathOf(request),
            // 460 is the load balancer's own status for a client that left, or broke off, before its answer.
            status: response.writableFinished ? response.statusCode : 460,
            durationMs: Math.round((performance.now() - started) * 1000) / 1000,
            bytes: response.bodyBytes ?? 0,
            requestId: request.headers["x-amzn-trace-id"]?.slice(0, 1024),
        });
    });
    // Closing a connection with unread bytes resets it, and the answer may be lost: read to the end first.
    request.on("end", () => send(request, response, answer(request)));
    request.resume();
}

function answer(request) {
    if (request.method !== "GET" && request.method !== "HEAD") {
        return { status: 405, headers: { Allow: "GET, HEAD" }, body: { error: "method not allowed" } };
    }
    switch (pathOf(request)) {
        case "/":
            return { status: 200, body: { service, version } };
        case "/healthz":
            return draining ? { status: 503, body: { status: "draining" } } : { status: 200, body: { status: "ok" } };
        default:
            return { status: 404, body: { error: "not found" } };
    }
}

function send(request, response, { status, headers, body }) {
    const text = Buffer.from(JSON.stringify(body) + "\n");
    response.writeHead(status, {
        ...headers,
        "Content-Type": "application/json",
        "Content-Length": text.length,
        ...(draining && { Connection: "close" }),
    });
    response.bodyBytes = request.method === "HEAD" ? 0 : text.length;
    response.end(text);
}

function drain(signal) {
    if (draining) {
        return;
    }
    draining = true;
    // close() stops accepting and ends idle connections at once; its callback comes when the last one has ended.
    server.close(() => process.exit(0));
    log({ message: "draining", signal, connections: connections.size });

    // Node does not count a connection that never sent a byte as idle. It gets a moment, in case its first bytes are on their way.
    setTimeout(() => [...connections].filter(({ bytesRead }) => bytesRead === 0).forEach(silent => silent.destroy()), 100);

    setTimeout(() => {
        fail(`${connections.size} connection(s) still open after ${drainSeconds} s of draining (DRAIN_SECONDS)`);
    }, drainSeconds * 1000);
}

/** Without query and fragment, and without the host and the credentials that an absolute address may carry. */
function pathOf(request) {
    const path = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").split(/[?#]/, 1)[0];
    // awslogs splits lines at 16 KiB: a cut path keeps the line whole.
    return path.slice(0, 1024) || "/";
}

function wholeNumber(name, fallback, least, most) {
    const text = process.env[name] ?? String(fallback);
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
        fail(`${name} is ${JSON.stringify(text)}; it must be a whole number from ${least} to ${most}`);
    }
    return value;
}

function log(fields, stream = process.stdout) {
    stream.write(JSON.stringify({ time: new Date().toISOString(), ...fields }) + "\n");
}

function fail(message) {
    log({ message }, process.stderr);
    process.exit(1);
}
