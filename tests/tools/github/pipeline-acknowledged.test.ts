import assert from "node:assert/strict";
import fc from "fast-check";
import { acknowledgedIn as read } from "../../../tools/github/pipeline-acknowledged";
import { readMarkdown } from "../../support/markdown";

const URN = "urn:pulumi:dev::fargate::fargate:index:Service$aws:cloudwatch/logGroup:LogGroup::web-logs";
const LINE = `Allow loss: ${URN}`;
/** Stands behind every hidden form that ends, and counts. */
const OTHER = `Allow loss: ${URN}2`;

const acknowledgedIn = (text: string) => read(text).urns;

describe("a loss is acknowledged", () => {
    it("by a line of text that everybody sees, as people write it", () => {
        for (const text of [
            LINE,
            `${LINE}\n`,
            `The worker is not needed any more.\n\n${LINE}`,
            `The worker is not needed any more.\r\n\r\n${LINE}\r\n\r\nBye.`,
            `# Remove the worker\n\n${LINE}`,
            `- one\n- two\n\n${LINE}`,
            `Closes #12, see [the docs](https://example.com) and \`worker\`.\n\n${LINE}`,
            `It is *not* needed.  \n\n${LINE}  \n\nAt all.`,
            `\`\`\`\ncode\n\`\`\`\n\n${LINE}`,
            `<!-- what a template asks for -->\n\n${LINE}`,
            `<!-- Please describe -- briefly -->\n\n${LINE}`,
            `<!------- Title ------->\n\n${LINE}`,
            `# Why\n<!-- one\n\ntwo <b> -->\n\n${LINE}`,
            `Try:\n~~~~ ts\nList<String>\n~~~\n~~~~\n\n${LINE}`,
            `${LINE}\n\n<details>\n\nnotes`,
            `| a | b |\n|---|---|\n| 1 | 2 |\n\n${LINE}`,
            `> quoted\n\n${LINE}`,
            `---\n\n${LINE}`,
            `Costs 5$ less.\n\n${LINE}`,
            `[^1]: a note\n\n${LINE}`,
        ])
            assert.deepEqual(acknowledgedIn(text), [URN], text);
        assert.deepEqual(acknowledgedIn(`${LINE}\n${OTHER}`), [URN, `${URN}2`]);
        assert.deepEqual(acknowledgedIn(`${LINE}::www.example.com`), [`${URN}::www.example.com`]);
    });

    it("by nothing that is hidden, folded away, code or markup, and what is behind it counts again", () => {
        for (const hidden of [
            `<!-- ${LINE} -->`,
            `<!--\n${LINE}\n-->`,
            `<!--\n\n${LINE}\n\n-->`,
            `\`\`\`\n${LINE}\n\`\`\``,
            `~~~ text\n${LINE}\n~~~`,
            `\`\`\`\`\n\`\`\`\n${LINE}\n\`\`\`\n\`\`\`\``,
            `    ${LINE}`,
            `\t${LINE}`,
            `\`${LINE}\``,
            `\`\`\n${LINE}\n\`\``,
            `[a]: https://example.com\n"\n${LINE}\n"`,
            `![a\n${LINE}\nb](https://example.com/a.png)`,
            `![a\n${LINE}\nb][c]\n\n[c]: https://example.com/a.png`,
            `[a\n${LINE}\nb](https://example.com)`,
            `[^1]: note\n${LINE}`,
            `[^1]: note\n\n    ${LINE}`,
            `> ${LINE}`,
            `> quoted\n${LINE}`,
            `- ${LINE}`,
            `- item\n${LINE}`,
            `1. item\n\n   ${LINE}`,
            `- [x] done\n  ${LINE}`,
            `~~gone\n${LINE}\ngone~~`,
            `*a\n${LINE}\nb*`,
            `# ${LINE}`,
            `${LINE}\n===`,
            `${LINE}\n- `,
            `| a |\n|---|\n| ${LINE} |`,
            `| a |\n|---|\n${LINE}`,
            `\\\n${LINE} and more`,
            `a \u202e\n${LINE}`,
            `allow loss: ${URN}`,
            `Allow loss: everything`,
        ])
            for (const text of [hidden, hidden.replaceAll("\n", "\r\n")])
                assert.deepEqual(acknowledgedIn(`${text}\n\n${OTHER}\n`), [`${URN}2`], text);
    });

    it("by nothing below HTML that is left open, or that a browser may read in another way", () => {
        for (const open of [
            "<!-- ",
            "```",
            "<details>",
            "<details/>",
            "text <details>",
            "- <details>",
            "> <details>",
            "# <details>",
            "| <details> |\n|---|",
            "<details>\n\n- </details>",
            "<details>\n\n[^1]: </details>",
            "<details><summary></details>",
            '<div title="',
            "<textarea>\n\n</textarea>",
            "<title><!-- </title><details> --></title>",
            "<!-- --!><details> -->",
            "<style>",
            "<?php",
            "<![CDATA[",
            "<!X",
            "</details>",
        ])
            for (const gap of ["\n", "\n\n"]) assert.deepEqual(acknowledgedIn(`${open}${gap}${LINE}`), [], open);
    });

    it("by nothing below HTML or a formula, whether or not it ends, nor where GitHub's parser and others differ", () => {
        for (const hidden of [
            `Moves the logs. <!-- why\n${LINE}\n-->`,
            `<details><summary>Notes</summary>\n\n${LINE}\n\n</details>`,
            `<details>\n<details>\n</details>\n${LINE}\n</details>`,
            `<details title="</details>">\n\n${LINE}\n\n</details>`,
            `<DETAILS>\n\n${LINE}\n\n</DETAILS>`,
            `<div hidden>\n${LINE}\n</div>`,
            `<span>\n${LINE}\n</span>`,
            `<p>\n\n${LINE}\n\n</p>`,
            `$$\n${LINE}\n$$`,
            `<pre>\n${LINE}\n</pre>`,
            `[^a[b]: Template\n${LINE}`,
            `[^a\\]: hello\n${LINE}`,
            `[^${"a".repeat(1_200)}]: hello\n${LINE}`,
            `foo\n[^a[b]: hello\n${LINE}`,
            ...["\n", "\n\n"].flatMap(gap => [
                `> a\n<br>\n\\<!-- x${gap}${LINE}${gap}-->`,
                `> a\n<br>\n\\<details>\\<summary>x\\</summary>${gap}${LINE}`,
                `> a\n<br>\n<!-- x\n\n-->${gap}${LINE}`,
                `> a\n<br>\n\`\`\`\na\n\n\`\`\`${gap}${LINE}`,
                `a\u2028<!-- x\n\n<details>\n\n-->${gap}${LINE}`,
                `\`\`\`\na\n \`\`\`\n<details>\n\`\`\`${gap}${LINE}`,
                // A fence of 300 is one of 255 to GitHub.
                ...["`", "~"].map(
                    mark => `${mark.repeat(300)}\n${mark.repeat(260)}\n<details>\n${mark.repeat(300)}${gap}${LINE}`,
                ),
            ]),
            ...["&#10;", "&#xA;", "&#13;", "&NewLine;"].map(end => `I do not${end}${LINE}`),
            `foo &#x202e; bar &#10;${LINE}`,
            `${LINE}[a]`,
            `${LINE}\\`,
            `${LINE}&amp;`,
            `${LINE} $a$`,
            `  ${LINE}`,
            `The worker goes.\n${LINE}`,
            `${LINE}\nBye.`,
        ])
            assert.deepEqual(acknowledgedIn(hidden), [], hidden);
    });

    it("by nothing but paragraphs of a description, whatever is in it", () => {
        const often = [`${LINE}\n`, `${LINE}\n`, `${LINE}\n`, "\n", "\n"];
        const pieces = [
            ...often,
            LINE,
            "\n\n",
            "<!--",
            "-->",
            "```",
            "~~~",
            "- ",
            "> ",
            "    ",
            "<br>",
            "a",
            "\\",
            "[^a]: ",
            "$$",
        ];
        fc.assert(
            fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), parts => {
                const text = parts.join("");
                const seen = readMarkdown(text).children.filter(({ type }) => type === "paragraph");
                const shown = seen.flatMap(({ position }) =>
                    text.slice(position?.start.offset, position?.end.offset).split("\n"),
                );
                const lines = shown.map(line => line.trimEnd());
                for (const urn of acknowledgedIn(text)) {
                    const at = lines.indexOf(`Allow loss: ${urn}`);
                    assert.notEqual(at, -1, text);
                    lines.splice(at, 1);
                }
            }),
            { numRuns: 1_000, seed: 12 },
        );
    });

    it("and each line that was passed over is told, with the reason", () => {
        const next = "Next: put it first, with an empty line below it.";
        assert.deepEqual(read(`Moves.\n${LINE}\n\nList<String>\n\n${OTHER}`), {
            urns: [],
            leftOut: [
                `Passed over line 2 of the description (${LINE}): it is no paragraph of its own. ${next}`,
                `Passed over line 6 of the description (${OTHER}): it is in or below a comment, code, a formula or HTML, which may hide it. ${next}`,
            ],
        });
        assert.deepEqual(read(`${LINE}\n\nBye.`), { urns: [URN], leftOut: [] });
        for (const other of [
            `allow loss: ${URN}`,
            `Allow loss:  ${URN}`,
            `Allow\u00a0loss: ${URN}`,
            `Allow loss:${URN}`,
            `Allow loss: \`${URN}\``,
            `**Allow loss:** ${URN}`,
            `  ${LINE}`,
            `${LINE} and more`,
        ])
            assert.deepEqual(read(other), {
                urns: [],
                leftOut: [
                    `Passed over line 1 of the description (${other.trim()}): it is not to the letter what the review words, from the first column on. ${next}`,
                ],
            });
    });
});
