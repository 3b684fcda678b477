import assert from "node:assert/strict";
import { isSurelyHarmless, looksSecret } from "../../model/plain-secrets";
import { harmless } from "../../model/log-line";
import { HARMLESS, SECRETS } from "../fixtures/plain-texts";

const written = (list: readonly (readonly [string, string])[]) => list.map(([name, value]) => `${name}=${value}`);

describe("of variables as people write them", () => {
    it("secrets are told, and shown neither in a review nor in a log line", () => {
        assert.ok(SECRETS.length >= 60);
        assert.deepEqual(written(SECRETS.filter(([name, value]) => !looksSecret(name, value))), []);
        assert.deepEqual(written(SECRETS.filter(([name, value]) => isSurelyHarmless(name, value))), []);
        assert.deepEqual(written(SECRETS.filter(([name, value]) => !harmless(`${name}=${value}`).startsWith("[hidden"))), []);
    });

    it("others are taken", () => {
        assert.ok(HARMLESS.length >= 60);
        assert.deepEqual(written(HARMLESS.filter(([name, value]) => looksSecret(name, value))), []);
    });

    it("a value is judged in no time, however long it is", () => {
        for (const part of ["a", "a.", "a=", "://a:", "curl ", "mysql ", "eyJ", "basic ", "--a ", ".", "\\", "%20", "x-a", "a:"])
            assert.equal(typeof looksSecret("A", part.repeat(20_000)), "boolean");
    });

    it("one that may be drawn at random is not shown, nor one with a name that says nothing for sure", () => {
        for (const [name, value] of [
            ["STRIPE", "4eC39HqLyjWDarjtT1zdp7dc"],
            ["SENDGRID_KEY", "swordfish"],
            ["APP_SEED", "swordfish"],
        ] as const)
            assert.ok(!looksSecret(name, value) && !isSurelyHarmless(name, value), name);
        for (const [name, value] of [
            ["LOG_LEVEL", "debug"],
            ["CLUSTER", "prod-ap-northeast-2-cluster-01"],
            ["URL", "https://shop.example.com:8080/a"],
        ] as const)
            assert.ok(isSurelyHarmless(name, value), name);
    });
});
