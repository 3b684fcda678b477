import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, overlap } from "../../model/patterns";

/** As many wildcards as a rule may have. */
const pattern = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 }).map(symbols => symbols.join(""));

/** All texts of up to 7 characters; `c` is in no pattern. */
const TEXTS = [""];
for (let from = 0; TEXTS.length < (3 ** 8 - 1) / 2; from++)
    for (const letter of "abc") TEXTS.push(`${TEXTS[from] ?? ""}${letter}`);

function matched(text: string): Set<string> {
    const expression = new RegExp(`^${text.replaceAll("*", ".*").replaceAll("?", ".")}$`);
    return new Set(TEXTS.filter(candidate => expression.test(candidate)));
}

describe("two patterns of a listener rule", () => {
    it("cover and overlap exactly as the texts that they match do", () => {
        fc.assert(
            fc.property(pattern, pattern, (wide, narrow) => {
                const [all, some] = [matched(wide), [...matched(narrow)]];
                assert.equal(
                    covers(wide, narrow),
                    some.every(text => all.has(text)),
                    `${wide} covers ${narrow}`,
                );
                assert.equal(
                    overlap(wide, narrow),
                    some.some(text => all.has(text)),
                    `${wide} overlaps ${narrow}`,
                );
            }),
            { numRuns: 500, seed: 12 },
        );
    });

    it("cover each other where only the order of their wildcards differs", () => {
        for (const [wide, narrow] of [
            ["/a*?", "/a?*"],
            ["/?*a", "/*aa"],
            ["*.example.com", "a.*.example.com"],
            ["/api/*", "/api/"],
        ] as const)
            assert.ok(covers(wide, narrow), `${wide} ${narrow}`);
    });

    it("do not where one character more or less is needed", () => {
        for (const [wide, narrow] of [
            ["/api/*", "/api"],
            ["/a?b", "/a*b"],
            ["*.example.com", "example.com"],
            ["/API/*", "/api/x"],
        ] as const)
            assert.ok(!covers(wide, narrow), `${wide} ${narrow}`);
        assert.ok(!overlap("/a?", "/a"));
        assert.ok(overlap("/api/*", "/*.png"));
    });

    it("are compared in steps that do not explode, at their longest", () => {
        const long = (unit: string, times: number) => `/${unit.repeat(times)}`.slice(0, 128);
        for (const [wide, narrow] of [
            [`*${long("a", 40)}*${long("a", 40)}*b`, `*${long("a", 60)}*${long("a", 60)}*`],
            ["*a?????", "*a*a*a*a*a*a"],
            [`??a?*${"a".repeat(100)}?*`, `*aa*aaa*a*aaaaa*${"a".repeat(100)}*`],
        ] as const) {
            covers(wide, narrow);
            overlap(wide, narrow);
        }
    });
});
