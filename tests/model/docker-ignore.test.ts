import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { BadIgnoreLine, IgnoreRules } from "../../model/docker-ignore";
import { sentBelow } from "../../model/build-context";
import { Recorded, TREES, bytesOf, plant } from "../fixtures/docker-ignore/trees";

const RECORDED = JSON.parse(
    readFileSync(path.join(__dirname, "../fixtures/docker-ignore/sent.json"), "utf8"),
) as readonly Recorded[];

describe("a .dockerignore", () => {
    for (const tree of Object.keys(TREES)) {
        it(`lets through of the tree "${tree}" what BuildKit's own packages let through, and is refused where they refuse it`, () => {
            const root = plant(TREES[tree] ?? []);
            const all = follow(root, Buffer.of()) ?? [];
            const wrong = RECORDED.filter(recorded => recorded.tree === tree).flatMap(({ ignore, answer }) => {
                const found = follow(root, bytesOf(ignore));
                const told = "left" in answer ? all.filter(name => !answer.left.includes(name)) : "sent" in answer && answer.sent;
                return isDeepStrictEqual(found, told ? [...told].sort() : undefined) ? [] : [{ ignore, answer, found }];
            });
            rmSync(root, { recursive: true });
            assert.deepEqual(wrong, []);
        });
    }
});

describe("the time that a .dockerignore takes", () => {
    const read = (text: string) => () => IgnoreRules.read(Buffer.from(text));

    it("is bounded by what its patterns may cost together, whatever makes them long", () => {
        for (const long of ["a{0,1000}*".repeat(30), "a*".repeat(10_000), "a{900}*\n".repeat(25)])
            assert.throws(read(long), /^Error: line \d+, .*: patterns of more than 20000 steps up to here; /);
    });

    it("is no reason to refuse a long file of such patterns as people write", () => {
        const lines = Array.from({ length: 600 }, (_, at) => `**/package-${at}/*.log`);
        read([...lines, `docs/${"x".repeat(10_000)}`].join("\n"))();
    });
});

/** The paths that are sent; undefined where the file is refused. */
function follow(root: string, ignore: Buffer): readonly string[] | undefined {
    let rules: IgnoreRules;
    try {
        rules = IgnoreRules.read(ignore);
    } catch (error) {
        assert.ok(error instanceof BadIgnoreLine);
        return undefined;
    }
    return sentBelow(root, rules)
        .map(({ path: name, isFolder }) => readable(name) + (isFolder ? "/" : ""))
        .sort();
}

/** Bytes that are no UTF-8 as the recording writes them. */
function readable(text: string): string {
    return text.replace(/\p{Surrogate}/gu, byte => `⟨${(byte.charCodeAt(0) - 0xdc00).toString(16)}⟩`);
}
