import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { IgnoreRules } from "../../model/docker-ignore";
import { appFolder, killAll, NodeProcess, serverFile } from "./processes";

const instructions = read("Dockerfile")
    .split("\n")
    .filter(line => line !== "" && !line.startsWith("#"))
    .map(line => line.split(/\s+(.*)/s))
    .map(([name = "", value = ""]) => ({ name, value }));

const copied = all("COPY").flatMap(value => value.split(/\s+/).slice(1, -1));

describe("the image", () => {
    it("has one base: an argument pinned by digest", () => {
        assert.match(only("ARG"), /^BASE=gcr\.io\/distroless\/nodejs24-debian13:nonroot@sha256:[0-9a-f]{64}$/);
        assert.equal(only("FROM"), "${BASE}");
    });

    it("runs nothing while it is built, so that it builds for any architecture and on scratch", () => {
        const harmless = ["ARG", "FROM", "WORKDIR", "COPY", "USER", "EXPOSE", "ENTRYPOINT"];
        assert.deepEqual(
            instructions.map(({ name }) => name).filter(name => !harmless.includes(name)),
            [],
        );
    });

    it("has a numeric user that is not root, so that nobody needs its /etc/passwd to see that", () => {
        assert.match(only("USER"), /^[1-9]\d*$/);
    });

    it("starts Node itself, without a shell, so that Node gets the signals", () => {
        const [node, script, ...rest] = JSON.parse(only("ENTRYPOINT")) as string[];
        assert.equal(node, "/nodejs/bin/node");
        assert.equal(script, `${only("WORKDIR")}/server.js`);
        assert.deepEqual(rest, []);
    });

    it("has its files where ENTRYPOINT and the health check /app/health.js expect them", () => {
        assert.equal(only("WORKDIR"), "/app");
        assert.match(only("COPY"), / \.\/$/);
        assert.deepEqual(copied, ["server.js", "health.js"]);
    });

    it("lets its user read the files and change none, whatever the umask where it was built", () => {
        assert.match(only("COPY"), /^--chmod=444 /);
    });

    it("has exactly the files that .dockerignore lets in", () => {
        const rules = IgnoreRules.read(Buffer.from(read(".dockerignore")));
        const files = fs.readdirSync(appFolder, { recursive: true, encoding: "utf8" });
        const letIn = [...files, ".env", "node_modules", "server.js.map"].filter(file => !rules.verdict(file).isIgnored);
        assert.deepEqual(letIn.sort(), [...copied].sort());
    });

    it("needs no package and no other file", () => {
        for (const file of copied) {
            const imports = [...read(file).matchAll(/require\((.*?)\)/g)].map(([, name]) => name);
            assert.ok(
                imports.every(name => name?.startsWith('"node:')),
                `${file} requires ${imports.join()}`,
            );
        }
    });
});

describe("the server's settings", () => {
    let listening: { address: unknown[]; keepAliveTimeout: number; headersTimeout: number; requestTimeout: number };

    // The numbers take a minute to show on the wire; a server that reports instead of listening tells them at once.
    before(async () => {
        const report = `require("node:net").Server.prototype.listen = function (...address) {
            const { keepAliveTimeout, headersTimeout, requestTimeout } = this;
            console.log(JSON.stringify({ address, keepAliveTimeout, headersTimeout, requestTimeout }));
        };`;
        const { output } = await new NodeProcess(["--eval", `${report} require(${JSON.stringify(serverFile)})`]).ended;
        listening = JSON.parse(output) as typeof listening;
    });
    after(killAll);

    it("without PORT it listens on every address, on the port that the image exposes", () => {
        assert.deepEqual(listening.address.slice(0, 2), [Number(only("EXPOSE")), "0.0.0.0"]);
    });

    it("the load balancer's 60 s < keepAliveTimeout < headersTimeout <= requestTimeout <= 2 minutes", () => {
        const { keepAliveTimeout, headersTimeout, requestTimeout } = listening;
        assert.ok(60_000 < keepAliveTimeout && keepAliveTimeout < headersTimeout);
        assert.ok(headersTimeout <= requestTimeout && requestTimeout <= 120_000);
    });
});

function read(file: string): string {
    return fs.readFileSync(path.join(appFolder, file), "utf8");
}

function all(name: string): string[] {
    return instructions.filter(instruction => instruction.name === name).map(({ value }) => value);
}

function only(name: string): string {
    const [value, ...others] = all(name);
    assert.ok(value !== undefined && others.length === 0, `${name} must appear once`);
    return value;
}
