import assert from "node:assert/strict";
import fc from "fast-check";
import { holdsSecret, isSurelyHarmless, looksSecret } from "../../model/plain-secrets";
import { OVERLAP, PIECE, readings } from "../../model/secret-readings";
import { harmless } from "../../model/log-line";
import { HARMLESS, SECRETS, UNSURE } from "../fixtures/plain-texts";

const ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:fargate/prod/db-AbCdEf";
const base64 = (plain: string) => Buffer.from(plain).toString("base64");
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

    it("a value is judged in pieces of one length, whose number grows with its own", () => {
        const texts = fc.string({
            unit: fc.constantFrom("a", "B", "1", "/", "%20", "\\u003d", "$", "{", "arn:aws:"),
            maxLength: 20_000,
        });
        fc.assert(
            fc.property(texts, text => {
                const read = readings(text);
                assert.ok(read.every(({ length }) => length <= PIECE));
                assert.ok(read.length <= 3 * (1 + text.length / (PIECE - OVERLAP)));
            }),
            { seed: 12, numRuns: 50, examples: [["a".repeat(262_144)], [base64("a".repeat(65_536))]] },
        );
    });

    it("a secret is found wherever it stands in a long value", () => {
        for (const secret of ["postgres://app:hunter2@db", `password=${"y1".repeat(450)}`, "arn:aws:sqs:a:b:c?password=hunter2"])
            for (const before of [0, 3_000, PIECE - OVERLAP - 10, PIECE - 10, PIECE, 2 * PIECE - OVERLAP - 5, 60_000])
                assert.ok(holdsSecret(`${"- ".repeat(before / 2)} ${secret} ${"- ".repeat(2_000)}`), `${secret} after ${before}`);
        assert.ok(!looksSecret("SECRETS_ALLOWED", `${ARN},`.repeat(700)));
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
