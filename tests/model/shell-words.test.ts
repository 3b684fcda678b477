import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { shellWords } from "../../model/shell-words";

const HARD = [
    "",
    " ",
    "it's",
    '"',
    "\\",
    "\\'",
    "#",
    "#x",
    "a#b",
    "$HOME",
    "`id`",
    "*",
    "~",
    "a\nb",
    "\t",
    "{{ x }}",
    "ü",
    "-c",
    "a b",
    "=",
    ";",
    "|",
    "!",
];

/** What a shell makes of a line. */
function bySh(line: string): string[] {
    const printed = execFileSync("/bin/sh", ["-c", `for word in ${line}; do printf '%s\\0' "$word"; done`], { encoding: "utf8" });
    return printed.split("\0").slice(0, -1);
}

/** What github.com/google/shlex makes of it: quotes, backslashes outside of single quotes, and comments where a word would begin. */
function byShlex(line: string): string[] {
    const token = /\s*(#[^\n]*|(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+)/gy;
    return [...line.matchAll(token)].flatMap(([, found = ""]) =>
        found.startsWith("#")
            ? []
            : [found.replace(/'([^']*)'|\\([\s\S])/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? "")],
    );
}

describe("words as one line", () => {
    it("are themselves where nothing in them means something to a shell", () => {
        assert.equal(
            shellWords(["npm", "run", "a:b", "--x=1,2", "/srv/app.js", "u@h", "50%"]),
            "npm run a:b --x=1,2 /srv/app.js u@h 50%",
        );
    });

    it("are quoted one by one otherwise", () => {
        assert.equal(shellWords(["sh", "-c", "echo 'a b' | wc"]), "sh -c 'echo '\\''a b'\\'' | wc'");
        assert.equal(shellWords(["printf", ""]), "printf ''");
        assert.equal(shellWords(["#1"]), "'#1'");
    });

    it("are the same words again for a shell, and for the agent of ECS Exec", () => {
        assert.deepEqual(bySh(shellWords(HARD)), HARD);
        assert.deepEqual(byShlex(shellWords(HARD)), HARD);
        const words = fc.array(
            fc.oneof(
                fc.constantFrom(...HARD),
                fc.string({ unit: fc.constantFrom(" ", "'", '"', "\\", "#", "$", "`", "a", "b", "\n") }),
            ),
            {
                minLength: 1,
            },
        );
        fc.assert(fc.property(words, some => assert.deepEqual(byShlex(shellWords(some)), some)));
        fc.assert(
            fc.property(words, some => assert.deepEqual(bySh(shellWords(some)), some)),
            { numRuns: 20 },
        );
    });
});
