import assert from "node:assert/strict";
import type { LogEvent } from "../../../tools/deployed/aws/log-events";
import { lineFilter, noLine, since } from "../../../tools/deployed/log-options";
import { logWriter, recordOf } from "../../../tools/deployed/log-text";

const AT = Date.parse("2026-11-26T21:25:43.120Z");
const SOURCE = { name: "web", kind: "service", logGroup: "shop-prod-web" } as const;

function event(message: string, more: Partial<LogEvent> = {}): LogEvent {
    return { source: SOURCE, container: "web", task: "3f2a9c1b8d", at: AT, message, ...more };
}

const write = (json = false) => logWriter([SOURCE], json, () => new Date(AT));

describe("a line of a log", () => {
    it("of JSON is time, level and message, then the rest", () => {
        const line = {
            time: "2026-11-26T21:25:40Z",
            level: "error",
            msg: "no answer",
            attempt: 3,
            after: "2 s",
            host: "db",
            at: { a: 1 },
        };
        assert.deepEqual(write()(event(JSON.stringify(line))), [
            'web/3f2a9c 21:25:40.000 ERROR no answer attempt=3 after="2 s" host=db at={"a":1}',
        ]);
    });

    it("of JSON may have pino's numbers, and other names", () => {
        assert.deepEqual(recordOf('{"ts":1795728343.5,"level":30,"message":"up"}', AT), {
            at: 1_795_728_343_500,
            level: "info",
            lines: ["up"],
        });
        assert.deepEqual(recordOf('{"severity":"WARN","x":1}', AT), { at: AT, level: "WARN", lines: ["x=1"] });
    });

    it("of JSON keeps what is no time, no level and no message, and a number of many digits", () => {
        assert.deepEqual(recordOf('{"time":"soon","level":{"a":1},"msg":5}', AT).lines, ['time=soon level={"a":1} msg=5']);
        if (Number(process.versions.node.split(".", 1)[0]) >= 22)
            assert.deepEqual(recordOf('{"id":12345678901234567890}', AT).lines, ["id=12345678901234567890"]);
    });

    it("of JSON has a value of several lines below it", () => {
        assert.deepEqual(write()(event('{"msg":"failed","stack":"Error: a\\n at b"}')), [
            "web/3f2a9c 21:25:43.120 failed",
            "web/3f2a9c     stack:",
            "web/3f2a9c     Error: a",
            "web/3f2a9c      at b",
        ]);
    });

    it("of anything else stays as it is, with the day where it is not today's", () => {
        assert.deepEqual(write()(event("{not: json}")), ["web/3f2a9c 21:25:43.120 {not: json}"]);
        assert.deepEqual(write()(event("a", { at: AT - 86_400_000 })), ["web/3f2a9c 11-25 21:25:43.120 a"]);
        assert.deepEqual(write()(event("[1,2]")), ["web/3f2a9c 21:25:43.120 [1,2]"]);
    });

    it("of a sidecar names it", () => {
        assert.deepEqual(write()(event("a", { container: "proxy" })), ["web:proxy/3f2a9c 21:25:43.120 a"]);
    });

    it("does nothing to a terminal, and hides a key of several lines per stream", () => {
        assert.deepEqual(write()(event("\u001b[2Ja\u202eb\rc")), ["web/3f2a9c 21:25:43.120 ab c"]);
        const line = write();
        assert.match(line(event("-----BEGIN PRIVATE KEY-----")).join(), /hidden/);
        assert.match(line(event("short")).join(), /hidden/);
        assert.doesNotMatch(line(event("short", { task: "other" })).join(), /hidden/);
    });

    it("as data is one line with the message as it was, but for a secret", () => {
        const [line = ""] = write(true)(event('{"a":1}\n'));
        assert.deepEqual(JSON.parse(line), {
            time: "2026-11-26T21:25:43.120Z",
            service: "web",
            container: "web",
            task: "3f2a9c1b8d",
            message: '{"a":1}\n',
        });
        assert.match(write(true)(event("password=hunter2secret")).join(), /hidden/);
    });
});

describe("options of logs", () => {
    it("--since takes seconds, minutes, hours and days alone", () => {
        assert.deepEqual(["30s", "15m", "2h", "3d"].map(since), [30_000, 900_000, 7_200_000, 259_200_000]);
        for (const wrong of ["", "0m", "5", "1w", "-1h", "1h30m", "yesterday"])
            assert.throws(() => since(wrong), /Allowed: /, wrong);
    });

    it("where nothing was found, the next step looks further back", () => {
        const said = (back: string, isFiltered = false, isSandbox = false) => noLine(since(back), isFiltered, isSandbox);
        assert.equal(said("10m"), "No line in the last 10m. Next: --since 1d, for example");
        assert.equal(said("90s", true), "No line found in the last 90s. Next: --since 1d, for example");
        assert.equal(said("24h"), "No line in the last 1d. Next: --since 7d, for example");
        assert.equal(said("60d"), "No line in the last 60d.");
        assert.equal(said("2h", false, true), "No line in the last 2h: no container runs in the sandbox");
    });

    it("--filter makes a phrase of plain text, and leaves a pattern as it is", () => {
        assert.deepEqual(lineFilter("connection refused"), { pattern: '"connection refused"' });
        assert.deepEqual(lineFilter("GET /a?b=c"), { pattern: '"GET /a?b=c"' });
        assert.deepEqual(lineFilter('say "hi" \\'), { pattern: '"say" "hi"', text: 'say "hi" \\' });
        assert.deepEqual(lineFilter("\\"), { pattern: undefined, text: "\\" });
        for (const pattern of ['{ $.level = "error" }', "[ip, user]", "%4\\d\\d%", '"a" "b"', "?a ?b"])
            assert.deepEqual(lineFilter(pattern), { pattern });
        assert.throws(() => lineFilter(" "), /Allowed: /);
    });
});
