import assert from "node:assert/strict";
import { fitted, table } from "../../../tools/cli/table";
import { widthOf } from "../../../tools/cli/terminal";

const COLUMNS = [{ title: "component" }, { title: "usd", align: "right" as const }, { title: "what" }];
const ROWS = [
    ["web", "33.16", "2…10 tasks of 0.5 vCPU, 1 GB"],
    ["load-balancer", "9.00", "20 GB to the internet"],
];

const lines = (rows: readonly string[]) => rows.join("\n").split("\n");

describe("a table", () => {
    it("without a width is a line a row, numbers to the right", () => {
        assert.deepEqual(table(COLUMNS, ROWS), [
            "component        usd  what",
            "web            33.16  2…10 tasks of 0.5 vCPU, 1 GB",
            "load-balancer   9.00  20 GB to the internet",
        ]);
        assert.deepEqual(table(COLUMNS, ROWS, 80), table(COLUMNS, ROWS));
    });

    it("that is a little too wide breaks the text of its last column", () => {
        assert.deepEqual(lines(table(COLUMNS, ROWS, 48)), [
            "component        usd  what",
            "web            33.16  2…10 tasks of 0.5 vCPU, 1",
            "                      GB",
            "load-balancer   9.00  20 GB to the internet",
        ]);
    });

    it("that leaves it no room puts it below its row", () => {
        assert.deepEqual(lines(table(COLUMNS, ROWS, 36)), [
            "component        usd",
            "    what",
            "web            33.16",
            "    2…10 tasks of 0.5 vCPU, 1 GB",
            "load-balancer   9.00",
            "    20 GB to the internet",
        ]);
    });

    it("of numbers keeps the text of its last column below its row where other texts have to be broken too", () => {
        const columns = [{ title: "component" }, { title: "service" }, ...COLUMNS.slice(1)];
        assert.deepEqual(
            lines(table(columns, [["load-balancer", "Elastic Load Balancing", "18.56", "0.03 LCUs on average"]], 36)),
            [
                "component      service           usd",
                "    what",
                "load-balancer  Elastic Load    18.56",
                "               Balancing",
                "    0.03 LCUs on average",
            ],
        );
    });

    it("of texts alone breaks each of them, the widest first, and no word", () => {
        const texts = [{ title: "" }, { title: "Fargate" }, { title: "EKS" }];
        const rows = [["  commitment discounts", "Compute Savings Plans", "none"]];
        assert.deepEqual(lines(table(texts, rows, 34)), [
            "               Fargate        EKS",
            "  commitment   Compute        none",
            "  discounts    Savings Plans",
        ]);
        assert.deepEqual(lines(table([{ title: "" }], [["sha256:0123456789abcdef"]], 10)), ["", "sha256:0123456789abcdef"]);
    });

    it("shortens the cells of a column that may be short, before anything is broken", () => {
        const short = (cell: string) => cell.slice(0, 6);
        assert.deepEqual(table([{ title: "digest", short }, { title: "tags" }], [["0123456789abcdef", "v1"]], 12), [
            "digest  tags",
            "012345  v1",
        ]);
    });

    it("counts what a terminal shows: wide letters are two columns, colours none", () => {
        assert.deepEqual(
            table(
                [{ title: "a" }, { title: "b" }],
                [
                    ["日本", "x"],
                    ["\u001b[31mred\u001b[39m", "y"],
                ],
            ),
            ["a     b", "日本  x", "\u001b[31mred\u001b[39m   y"],
        );
    });
});

describe("a text in a terminal", () => {
    it("is broken between words, and hangs below its line", () => {
        assert.equal(fitted("  one two three four\nfive", 12), "  one two\n    three\n    four\nfive");
    });

    it("keeps a longer word whole, so that it can be copied", () => {
        const urn = `urn:pulumi:dev::fargate::${"x".repeat(60)}`;
        assert.ok(fitted(`To acknowledge it: --allow '${urn}'`, 40).split("\n").includes(`  '${urn}'`));
    });

    it("is whole where there is no terminal, or one that does not say how wide it is", () => {
        assert.equal(widthOf({ isTTY: false, columns: 80 }), Infinity);
        assert.equal(widthOf({ isTTY: true, columns: 0 }), Infinity);
        assert.equal(widthOf({ isTTY: true, columns: 80 }), 80);
        assert.equal(fitted("a b", Infinity), "a b");
    });
});
