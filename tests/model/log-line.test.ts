import assert from "node:assert/strict";
import fc from "fast-check";
import { harmless, harmlessLines } from "../../model/log-line";

const HIDDEN = "[hidden: it looks like a secret]";
const isHidden = (line: string) => harmless(line) === HIDDEN;

describe("a line that somebody else wrote is shown", () => {
    it("as it is, when it is harmless", () => {
        for (const line of [
            "listening on 0.0.0.0:8080",
            "    at main (server.js:1:1)",
            "error: password authentication failed for user app",
            "SyntaxError: Unexpected token: }",
            "failed to fetch secret arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf from secrets manager",
            '{"level":"error","status":500,"path":"/healthz"}',
            "-".repeat(60),
            "exec: redis-cli -p 6379 ping && mkdir -p /srv/app",
            "connecting to postgres://app:${DB_PASSWORD}@db",
            "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ])
            assert.equal(harmless(line), line);
    });

    it("not at all, when it may hold a secret", () => {
        for (const line of [
            "DB_PASSWORD=hunter2",
            'config {"dbPassword": "hunter2"}',
            String.raw`{"message":"{\"password\":\"hunter2\"}"}`,
            "starting with --api-token abcdef",
            "GET /login?access_token=abcdef123",
            "postgres://app:hunter2@db:5432/shop",
            "authorization: Bearer abcdefghijkl",
            "Set-Cookie: session=abc",
            "id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig",
            "key AKIAIOSFODNN7EXAMPLE",
            "exec: check -u admin:hunter2",
            "exec: check -p hunter2",
            'exec: ["check","-p","hunter2"]',
            "wJalrXUtnFEMI1K7MDENG1bPxRfiCYEXAMPLEKEY",
        ])
            assert.ok(isHidden(line), line);
    });

    it("as it is, when it says something about a secret and not what it is", () => {
        for (const line of [
            "token expired",
            "token expired at 2026-01-01T00:00:00Z",
            "the token is expired, and was issued 3 days ago",
            "the API key is missing.",
            "password is not set",
            "password is required; secret is: unset",
            "password must have 12 characters",
            "password is 8 characters long",
            "secret not found",
            "secret fargate/prod/database not found",
            'password authentication failed for user "app1"',
            "Unexpected token < in JSON at position 0",
            "Unexpected token 12345 in JSON at position 17",
            "    at async validateToken (/app/server2.js:10:5)",
            "fetched secret version=3f2a1b in 12 ms",
            "unable to retrieve secret from asm: no such host",
            "the token is (still) valid",
            "tokens 4096, secrets 12ab34",
        ])
            assert.equal(harmless(line), line);
    });

    it("not at all, when a sentence tells a secret, or a header has one", () => {
        for (const line of [
            "Authorization: Token abcd1234",
            "proxy-authorization = abc",
            String.raw`{\"authorization\":\"abcd\"}`,
            "password hunter2",
            "password 12345",
            "Password 'hunter2' is wrong",
            "login with password hunter$",
            "password is <hunter>",
            "DB_PASS hunter2",
            "dbPassword hunter2.",
            "DB_PWD abcDEF",
            "secret is: abcDEF123",
            "secret is abcdef",
            "secret access key is wJalrXUtnFEMI",
            "the api key is abc…",
            "api-key was `abc`",
            "API_KEY abc123",
            "secret token abc123",
            "token expired, new token abc123",
            "the password is 123456",
        ])
            assert.ok(isHidden(line), line);
    });

    it("not at all, inside of a private key, whose lines alone say nothing", () => {
        const lines = ["before", "-----BEGIN RSA PRIVATE KEY-----", "short", "-----END RSA PRIVATE KEY-----", "after"];
        assert.deepEqual(harmlessLines(lines), ["before", HIDDEN, HIDDEN, HIDDEN, "after"]);
    });

    it("hidden also where the secret comes after what is cut off, or between escape codes", () => {
        assert.ok(isHidden(`${"x ".repeat(200)} DB_PASSWORD=hunter2`));
        assert.ok(isHidden("DB_PASS\u001b[0mWORD=hunter2"));
    });

    it("without what moves a terminal, turns text around or is not seen", () => {
        assert.equal(harmless("\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u001b]8;;http://a\u001b\\link"), "red xlink");
        assert.equal(harmless("a\u0000b\u0007c\u202ed\u200be\u009bf\ufe0fg\u034fh\u{e0101}i\u3164j"), "abcdefghij");
        assert.equal(harmless("pass\ufe0fword=hunter2"), harmless("password=hunter2"));
        assert.equal(harmless("two\r\nlines\tand a tab  "), "two  lines and a tab");
    });

    it("without Pulumi's markup, which ends its CLI where it does not know it", () => {
        assert.equal(harmless("<{%no such colour%}>"), "< {%no such colour%}>");
    });

    it("cut at 200 characters, or where it is told, and never through the middle of one", () => {
        assert.equal(harmless("x ".repeat(150)), `${"x ".repeat(100)}…`);
        assert.equal(harmless("abcdef", 3), "abc…");
        assert.equal(harmless("ab😀cd", 3), "ab…");
    });

    it("up to its first 4,000 characters, and what follows is not looked through", () => {
        assert.ok(isHidden(`${"x ".repeat(1_900)} DB_PASSWORD=hunter2`));
        assert.equal(harmless(`${"x ".repeat(2_000)} DB_PASSWORD=hunter2`), `${"x ".repeat(100)}…`);
        assert.equal(harmless(`x${"\u0000".repeat(4_000)}hunter2`), "x");
    });

    it("with no control character, whatever it was", () => {
        const characters = fc.constantFrom(...Array.from("ab \t\r\n\u0000\u0007\u001b\u009b\u200b\u202e\u2028[]0;m<{%"));
        fc.assert(fc.property(fc.string({ unit: characters }), line => !/[\p{Cc}\p{Cf}]|<\{%/u.test(harmless(line))));
    });
});
