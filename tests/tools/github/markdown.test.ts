import assert from "node:assert/strict";
import fc from "fast-check";
import { inertLine } from "../../../model/inert-text";
import { code, codeBlock, inHtml, words } from "../../../tools/github/markdown-write";
import { commentBody } from "../../../tools/github/comment-text";
import { driftIssue } from "../../../tools/github/drift-issue";
import { nodesOf, readMarkdown } from "../../support/markdown";

const RUN = "https://github.test/run";

/** What GitHub would make something of. */
const PIECES = [
    ...Array.from("`~*_[]()<>!#|\\@&-+=:. \n\t\r\u0000\u202ea1"),
    ...[
        "``",
        "```",
        "\n\n",
        "@team",
        "#123",
        "<!--",
        "-->",
        "</details>",
        "</code>",
        "<img src=x>",
        "![a](b)",
        "[a]: b",
        "https://a.b",
    ],
    ...["8ce044e", "&lt;", "$$", "    ", "> ", "- ", "| a |\n|---|\n"],
];
const anything = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map(pieces => pieces.join(""));

const typesIn = (text: string) => nodesOf(readMarkdown(text)).map(({ type }) => type);

describe("text from a change", () => {
    it("is one code span in a comment, whatever it is", () => {
        fc.assert(
            fc.property(anything, text => {
                const types = ["root", "list", "listItem", "paragraph", "strong", "inlineCode", "text"];
                const document = `- **${code(text)}** restarts`;
                assert.deepEqual(typesIn(document), types, document);
                const [span] = nodesOf(readMarkdown(document)).filter(({ type }) => type === "inlineCode");
                assert.equal(span && "value" in span && span.value, inertLine(text) || '""');
            }),
            { numRuns: 500 },
        );
    });

    it("is one block of code, whatever it is", () => {
        fc.assert(
            fc.property(anything, text => {
                const document = `<details><summary>Cost</summary>\n\n${codeBlock(text)}\n\n</details>`;
                assert.deepEqual(typesIn(document), ["root", "html", "code", "html"], document);
            }),
            { numRuns: 500 },
        );
    });

    it("is code to GitHub too, however many backticks it has", () => {
        for (const many of [20, 80, 255, 5_000]) {
            const text = `a\n${"`".repeat(many)}\n@team`;
            for (const written of [code(text), codeBlock(text), words(text)])
                assert.ok(Math.max(...(written.match(/`+/g) ?? []).map(run => run.length)) <= 20, written.slice(0, 40));
        }
        assert.equal(code("`".repeat(19)), `${"`".repeat(20)} ${"`".repeat(19)} ${"`".repeat(20)}`);
    });

    it("is text of one line inside of HTML, and code where GitHub would find something in it", () => {
        assert.equal(inHtml("55.84 → 60.00 USD a month (+4.16)"), "55.84 → 60.00 USD a month (+4.16)");
        assert.equal(inHtml("ask @team & see <b>"), "<code>ask @team &amp; see &lt;b&gt;</code>");
        for (const text of ["#123", "GH-12", "8ce044e", "www.example.com", "https://example.com", "a\n\n# b", "<!--"])
            assert.match(inHtml(text), /^<code>[^\n<>]*<\/code>$/);
        fc.assert(
            fc.property(anything, text => {
                const document = `<details><summary>Cost: ${inHtml(text)}</summary>\n\ntext\n\n</details>`;
                assert.deepEqual(typesIn(document), ["root", "html", "paragraph", "text", "html"], document);
            }),
        );
    });
});

/** What GitHub reads in another way than parsers do, or than the text looks. */
const FORMS = [
    // No code to GitHub: runs of more than 80, and a fence of more than 255 ends at 255.
    `${"`".repeat(81)}@team${"`".repeat(81)}`,
    `${"`".repeat(300)}text\n${"`".repeat(260)}\n@team\n${"`".repeat(300)}`,
    `~~~\n@team\n~~~`,
    // HTML goes on to the next empty line, and code in it is none.
    "<details><summary>a</summary>\n`@team`\n\n</details>",
    "<details><summary>a</summary>\n```text\n@team\n```\n\n</details>",
    "<details><summary>`@team`</summary>\n\n</details>",
    "<sub>\n`@team`</sub>",
    "\\`@team`",
    "`a\n@team`",
    "```text\n@team\n ```\nb\n```",
    "```text\na\n```\n@team",
    "_http://example.com",
    "1http://example.com",
    "a www.example.com",
    "gh-12",
    "SECURITY-12",
    "</details>\n\n<details><summary>a</summary>",
    "<details><summary>a</summary>\n\n<details><summary>b</summary>",
    "> [!NOTE]\n> hidden",
];

describe("what a job with the code of a change wrote", () => {
    const body = (text: string) => commentBody([{ stack: "dev", text }], RUN);

    it("is posted as it is where it is made as a review is", () => {
        const review =
            "## `dev`\n\n**no changes**\n\n<details open><summary>Cost: 1 USD <code>@a</code></summary>\n\n```text\n@team\n```\n\n</details>\n\n<sub>Times.</sub>";
        assert.ok(body(review).endsWith(`\n\n${review}`));
    });

    it("is a block of code where it is not, in a comment and in an issue", () => {
        for (const text of [
            "@team look",
            "fixes #12",
            "see 8ce044e",
            "see GH-12",
            "![a](https://example.com/a.png)",
            "[a](https://example.com)",
            "https://example.com",
            "<https://example.com>",
            "www.example.com",
            "me@example.com",
            "<!-- hidden -->",
            "<img src=x>",
            "<details><summary>a</summary>",
            "</details>",
            "<summary>@team</summary>",
            "<summary><b>a</b></summary>",
            "```\nleft open",
            "> quoted",
            "| a |\n|---|\n| b |",
            "[^1]: note",
            "~~gone~~",
            "<summary>&commat;acme/platform &num;1</summary>",
            "<details><summary>&commat;acme/platform</summary>\n\n</details>",
            ...["mermaid", "math", "geojson", "suggestion"].map(language => `\`\`\`${language}\na\n\`\`\``),
            "costs $x$",
            "$$y$$",
            "- [ ] a",
            "- [x] a",
            "\\<details>",
            "- a\n<sub>\n`@team`\n\n</sub>",
            "[^a\\[b]: hello",
            ...FORMS,
        ]) {
            const drift = driftIssue([{ stack: "dev", differs: true, markdown: text }], [], RUN).body;
            for (const posted of [body(text), drift]) {
                const blocks = readMarkdown(posted).children;
                assert.deepEqual(
                    blocks.slice(-2).map(({ type }) => type),
                    ["paragraph", "code"],
                    text.slice(0, 40),
                );
                assert.doesNotMatch(JSON.stringify(blocks.slice(0, -1)), /team|example|hidden/);
            }
        }
        assert.match(body("`".repeat(60_000)), /shown as text:\n\n`{20}text\n`{19}…\n`{20}$/);
        assert.match(body(`\`\`\`text\n${"a\n".repeat(8_000_000)}\`\`\``), /shown as text:\n\n````text\n```text\na\n/);
        assert.match(body(">".repeat(30_000)), /shown as text:\n\n```text\n>+\n```$/);
    });
});
