"use strict";

const http = require("node:http");

const { PORT = "8080" } = process.env;
const address = `http://127.0.0.1:${PORT}/healthz`;

// Below ECS's own timeout for a health check (5 s by default), so that the reason is printed.
setTimeout(() => unhealthy("no answer within 2 s"), 2000);

// Not fetch: it takes longer to load and refuses a list of ports (6000, 10080, …).
try {
    http.get({ host: "127.0.0.1", port: PORT, path: "/healthz", agent: false }, ({ statusCode }) =>
        statusCode === 200 ? process.exit(0) : unhealthy(`status ${statusCode}`),
    ).on("error", error => unhealthy(error.message));
} catch (error) {
    unhealthy(error.message);
}

function unhealthy(reason) {
    process.stderr.write(`${address}: ${reason}\n`);
    process.exit(1);
}
