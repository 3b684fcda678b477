import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { RULES } from "../../../tools/policy/rules";
import { CONTROLS_PAGE, controlsTable, withControlsTable } from "../../../tools/generate/controls";

describe("the table of controls", () => {
    it("is what the rules say; renew it with `npm run controls`", () => {
        const page = readFileSync(CONTROLS_PAGE, "utf8");
        assert.equal(page, withControlsTable(page));
    });

    it("has a row for each rule and each of its controls", () => {
        const rows = controlsTable().split("\n").slice(2);
        assert.equal(
            rows.length,
            RULES.reduce((sum, { controls }) => sum + Math.max(1, controls.length), 0),
        );
        for (const { name, controls } of RULES) {
            for (const control of controls.length === 0 ? ["—"] : controls)
                assert.ok(
                    rows.some(row => row.startsWith(`| ${control} | [${name}](`)),
                    `${control} ${name}`,
                );
        }
    });

    it("refuses a page without its marks", () => {
        assert.throws(() => withControlsTable("# Controls\n"), /lacks <!-- controls:begin -->/);
    });
});
