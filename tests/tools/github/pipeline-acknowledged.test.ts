import assert from "node:assert/strict";
import { acknowledgedIn } from "../../../tools/github/pipeline-acknowledged";

const URN = "urn:pulumi:dev::fargate::fargate:index:Service$aws:cloudwatch/logGroup:LogGroup::web-logs";
const LINE = `Allow loss: ${URN}`;
/** Stands behind every hidden form that ends, and counts. */
const OTHER = `Allow loss: ${URN}2`;

describe("a loss is acknowledged", () => {
    it("by a line of text that everybody sees, as people write it", () => {
        for (const text of [
            LINE,
            `${LINE}\n`,
            `The worker is not needed any more.\n${LINE}`,
            `The worker is not needed any more.\r\n\r\n${LINE}\r\n\r\nBye.`,
            `# Remove the worker\n${LINE}`,
            `- one\n- two\n\n${LINE}`,
            `Closes #12, see [the docs](https://example.com) and \`worker\`.\n${LINE}`,
            `It is *not* needed.  \n${LINE}  \nAt all.`,
            `\`\`\`\ncode\n\`\`\`\n${LINE}`,
            `<!-- what a template asks for -->\n\n${LINE}`,
            `<details><summary>Notes</summary>\n\nnotes\n\n</details>\n\n${LINE}`,
            `<p align="center"><img src="https://example.com/a.png"></p>\n\n${LINE}`,
            `| a | b |\n|---|---|\n| 1 | 2 |\n\n${LINE}`,
            `> quoted\n\n${LINE}`,
            `---\n\n${LINE}`,
            `  ${LINE}`,
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
            `Moves the logs. <!-- why\n${LINE}\n-->`,
            `\`\`\`\n${LINE}\n\`\`\``,
            `~~~ text\n${LINE}\n~~~`,
            `\`\`\`\`\n\`\`\`\n${LINE}\n\`\`\`\n\`\`\`\``,
            `    ${LINE}`,
            `\t${LINE}`,
            `\`${LINE}\``,
            `\`\`\n${LINE}\n\`\``,
            `<details><summary>Notes</summary>\n\n${LINE}\n\n</details>`,
            `<details>\n<details>\n</details>\n${LINE}\n</details>`,
            `<details title="</details>">\n\n${LINE}\n\n</details>`,
            `<DETAILS>\n\n${LINE}\n\n</DETAILS>`,
            `<div hidden>\n${LINE}\n</div>`,
            `<span>\n${LINE}\n</span>`,
            `<p>\n\n${LINE}\n\n</p>`,
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
            `| a |\n|---|\n| ${LINE} |`,
            `| a |\n|---|\n${LINE}`,
            `$$\n${LINE}\n$$`,
            `\\\n${LINE} and more`,
            `<pre>\n${LINE}\n</pre>`,
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

    it("by nothing in a text that no parser gets to the end of", () => {
        assert.deepEqual(acknowledgedIn(`${">".repeat(30_000)}\n\n${LINE}`), []);
    });
});
