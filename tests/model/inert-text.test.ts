import assert from "node:assert/strict";
import fc from "fast-check";
import { inert, inertLine } from "../../model/inert-text";

const characters = fc.constantFrom(
    ...Array.from('ab :#[<{%"\\ \t\r\n\u0000\u001b\u007f\u009b\u200b\u202e\u2028\u{e0041}\ufe0f\u034f😀'),
);

describe("text that other people wrote", () => {
    it("moves no terminal, turns nothing around, and hides nothing", () => {
        assert.equal(inert("\u001b[31mred\u001b]0;title\u0007"), "\\u001b[31mred\\u001b]0;title\\u0007");
        assert.equal(inert("over\rwritten\b\u009b2J"), "over\\u000dwritten\\u0008\\u009b2J");
        assert.equal(
            inert("abc\u202edef\u2066\u200b\ufeff\u00ad\u2028\u{e0041}"),
            "abc\\u202edef\\u2066\\u200b\\ufeff\\u00ad\\u2028\\udb40\\udc41",
        );
        assert.equal(
            inert("a\ufe0fb\u{e0101}c\u034fd\u180be\u17b4f\u3164"),
            "a\\ufe0fb\\udb40\\udd01c\\u034fd\\u180be\\u17b4f\\u3164",
        );
        assert.equal(inert("two\r\nlines\tand a tab, 한국어 and 😀"), "two\nlines\tand a tab, 한국어 and 😀");
    });

    it("gives GitHub's runner no order, and the engine no colour", () => {
        assert.equal(
            inert("::error::x\n  ::set-output name=a::b\nstd::move ::x"),
            "\\u003a:error::x\n  \\u003a:set-output name=a::b\nstd::move ::x",
        );
        assert.equal(inert("a ##[add-mask]x ##vso[task.x] ## Heading"), "a #\\u0023[add-mask]x #\\u0023vso[task.x] ## Heading");
        assert.equal(inert("<{%reset%}>"), "<\\u007b%reset%}>");
    });

    it("keeps the colours of this program where they are shown, and no other code", () => {
        assert.equal(
            inert("\u001b[1mbold\u001b[22m \u001b[31mred\u001b[39m", true),
            "\u001b[1mbold\u001b[22m \u001b[31mred\u001b[39m",
        );
        assert.equal(inert("\u001b[8mhidden\u001b[2J", true), "\\u001b[8mhidden\\u001b[2J");
    });

    it("is the same JSON, where it is JSON", () => {
        fc.assert(
            fc.property(fc.array(fc.string({ unit: characters })), values => {
                for (const space of [undefined, 2])
                    assert.deepEqual(JSON.parse(inert(JSON.stringify(values, null, space))), values);
            }),
        );
        const values = ["##[x]", "::error::", "<{%", "\u007f\u202e\u{e0041}"];
        assert.deepEqual(JSON.parse(inert(JSON.stringify(values, null, 2))), values);
    });

    it("is inert whatever it was, and stays what it is when it is made inert again", () => {
        fc.assert(
            fc.property(fc.string({ unit: characters }), text => {
                const shown = inert(text);
                assert.doesNotMatch(
                    shown,
                    /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^\s*::|##\[|<\{%/mu,
                );
                assert.equal(inert(shown), shown);
                assert.doesNotMatch(inertLine(text), /\n/);
            }),
        );
    });
});
