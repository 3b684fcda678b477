import * as assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../settings";
import { CONFIGURATION_PAGE, withKeysTable } from "../tools/generate/configuration-table";

const pages = ["", "docs/"].flatMap(folder =>
    readdirSync(path.join(PROJECT_FOLDER, folder)).flatMap(name => (name.endsWith(".md") ? [folder + name] : [])),
);
const read = (page: string) => readFileSync(path.join(PROJECT_FOLDER, page), "utf8");

describe("documentation", () => {
    it("the table of configuration keys is what the schema says; renew it with `npm run docs`", () => {
        const page = readFileSync(CONFIGURATION_PAGE, "utf8");
        assert.equal(page, withKeysTable(page));
    });

    for (const page of pages) {
        it(`every npm command of ${page} exists`, () => {
            const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
            const named = [...read(page).matchAll(/npm run (?:-s |--silent )?([a-z:-]+)/g)].map(match => match[1] ?? "");
            assert.deepEqual(
                named.filter(name => !(name in scripts)),
                [],
            );
        });

        it(`every link of ${page} to a file leads somewhere`, () => {
            const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(match => match[1] ?? "");
            const folder = path.dirname(path.join(PROJECT_FOLDER, page));
            assert.deepEqual(
                links.filter(link => !existsSync(path.join(folder, link))),
                [],
            );
        });
    }
});
