import assert from "node:assert/strict";
import { keysTable } from "../../../tools/generate/configuration-table";

const rows = keysTable()
    .split("\n")
    .slice(2)
    .map(row => row.split(/(?<!\\)\|/).map(cell => cell.trim()));

describe("the table of configuration keys", () => {
    it("has one row for each key, also where its holder has two forms", () => {
        const keys = rows.map(([, key = ""]) => key);
        assert.ok(keys.includes("`fargate:network.egress`") && keys.includes("`fargate:network.vpcId`"));
        assert.deepEqual(
            keys.filter((key, index) => keys.indexOf(key) !== index),
            [],
        );
    });

    it("says each kind of value once, and every value that is allowed or where they all are", () => {
        const values = (key: string) => rows.find(([, name]) => name === `\`${key}\``)?.[2] ?? "";
        for (const [, key, kinds = ""] of rows) {
            const each = kinds.split(" or ");
            assert.equal(new Set(each).size, each.length, `${key}: ${kinds}`);
        }
        assert.match(values("fargate:logRetentionDays"), /^`1`, `3`, .*, `3653`$/);
        assert.match(
            values("fargate:policyExceptions[].rule"),
            /^one of \d+ rules, which \[controls\.md\]\(controls\.md\) lists$/,
        );
    });
});
