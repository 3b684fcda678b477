import assert from "node:assert/strict";
import { isSurelyHarmless, looksSecret } from "../../model/plain-secrets";
import { harmless } from "../../model/log-line";
import { HARMLESS, SECRETS, UNSURE } from "../fixtures/plain-texts";

const written = (list: readonly (readonly [string, string])[]) => list.map(([name, value]) => `${name}=${value}`);

describe("of variables as people write them", () => {
    it("secrets are told, and shown neither in a review nor in a log line", () => {
        assert.ok(SECRETS.length >= 60);
        assert.deepEqual(written(SECRETS.filter(([name, value]) => !looksSecret(name, value))), []);
        assert.deepEqual(written(SECRETS.filter(([name, value]) => isSurelyHarmless(name, value))), []);
        // In a line a name ends at a colon and at a slash.
        const inLines = SECRETS.filter(([name]) => !/[:/]/.test(name));
        assert.deepEqual(written(inLines.filter(([name, value]) => !harmless(`${name}=${value}`).startsWith("[hidden"))), []);
    });

    it("others are taken", () => {
        assert.ok(HARMLESS.length >= 60);
        assert.deepEqual(written(HARMLESS.filter(([name, value]) => looksSecret(name, value))), []);
    });

    it("a value is judged in steps that grow with its length, and not with its square", function () {
        this.timeout(120_000);
        const parts = [
            "a",
            "a.",
            "a=",
            "://a:",
            "//",
            "curl ",
            "curl -u=",
            "mysql ",
            "mongo -p",
            "eyJ",
            "basic ",
            "--a ",
            "--a",
            ".",
            "\\",
            "%20",
        ];
        const more = [
            "x-a",
            "x-",
            "a:",
            "a@",
            "<a ",
            "<a>a",
            "value=",
            "name=a value",
            "jdbc:oracle:a:",
            "arn:aws:",
            "-u a",
            " ",
            "A",
            "1",
            "=",
        ];
        for (const part of [...parts, ...more])
            assert.equal(typeof isSurelyHarmless("A", part.repeat(65_536 / part.length)), "boolean");
    });

    it("of what may be one or not, each is taken and not shown", () => {
        assert.deepEqual(written(UNSURE.filter(([name, value]) => looksSecret(name, value))), []);
        assert.deepEqual(written(UNSURE.filter(([name, value]) => isSurelyHarmless(name, value))), []);
    });

    it("what is surely none is shown", () => {
        for (const [name, value] of [
            ["LOG_LEVEL", "debug"],
            ["REGION", "ap-northeast-2"],
            ["CACHE_MONKEY", "north"],
            ["BYPASS", "cache"],
            ["app/name", "shop"],
            ["SECRET_NAME", "fargate/prod"],
            ["USE_API_KEY", "true"],
            ["PACKAGE", "@shop/cart"],
            ["URL", "https://shop.example.com:8080/a"],
        ] as const)
            assert.ok(isSurelyHarmless(name, value), name);
    });
});
