import * as assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../settings";
import { inventory } from "../tools/inventory/inventory";
import { stackSchema } from "../tools/generate/schema";
import { filesWith } from "./support/stack-grammar";
import { CONFIGURATION_PAGE, withKeysTable } from "../tools/generate/configuration-table";
import { Given, REGION, settings } from "./support/given";

const examples = readdirSync(path.join(PROJECT_FOLDER, "examples"), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => `examples/${name}/`);
const pages = ["", "docs/", "examples/", ...examples].flatMap(folder =>
    readdirSync(path.join(PROJECT_FOLDER, folder)).flatMap(name => (name.endsWith(".md") ? [folder + name] : [])),
);
const read = (page: string) => readFileSync(path.join(PROJECT_FOLDER, page), "utf8");

/** Stack files that stand indented in a page, with the section that they are in. */
function examplesOf(page: string): { readonly section: string; readonly text: string }[] {
    return read(page)
        .split(/^## /m)
        .flatMap(part => {
            const section = part.split("\n", 1)[0] ?? "";
            const blocks = part.split("\n\n").filter(block => block.startsWith("    fargate:"));
            return blocks.map(block => ({ section, text: block.replaceAll(/^ {4}/gm, "") }));
        });
}

/** What the examples are about, where they say nothing of it. */
const SERVICES = { "fargate:services": { web: { build: { context: "./app" }, port: 8080, route: {} } } };

describe("documentation", () => {
    it("the table of configuration keys is what the schema says; renew it with `npm run docs`", () => {
        const page = readFileSync(CONFIGURATION_PAGE, "utf8");
        assert.equal(page, withKeysTable(page));
    });

    it("README names as there what a stack file may ask for, and as missing nothing that it may", () => {
        const [, there = "", missing = ""] =
            /^## What is there[^]*?\n\n([^]*?)\n\nNot there \(yet\)([^]*?)^## /m.exec(read("README.md")) ?? [];
        const keys = new Set([...JSON.stringify(stackSchema()).matchAll(/"(?:fargate:)?(\w+)":\{/g)].map(([, key]) => key));
        const named = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, key = ""]) => key);
        assert.ok(named(there).length > 10 && named(missing).length > 2);
        assert.deepEqual(
            named(there).filter(key => !keys.has(key)),
            [],
        );
        assert.deepEqual(
            named(missing).filter(key => keys.has(key)),
            [],
        );
    });

    for (const page of ["docs/workloads.md", "docs/watch.md"]) {
        for (const example of examplesOf(page)) {
            it(`the stack file in ${page} plans: ${example.section}`, async () => {
                const config = { "aws:region": "ap-northeast-2", ...SERVICES, ...(parse(example.text) as object) };
                const { resources } = await inventory("docs", filesWith("docs", config));
                assert.ok(resources.length > 10);
            });
        }

        it(`${page} has a stack file for each of its sections`, () => {
            // What no key reaches is no stack file's affair.
            const parts = read(page).split(/^## /m).slice(1);
            const sections = parts.filter(part => !part.includes("\n    export const ")).map(part => part.split("\n", 1)[0]);
            assert.deepEqual([...new Set(examplesOf(page).map(({ section }) => section))], sections);
        });
    }

    it("whoever is told to remove a stack keeps its file", () => {
        for (const page of pages) {
            const removals = [
                ...read(page)
                    .replaceAll("\n", " ")
                    .matchAll(/pulumi stack rm [^`]*/g),
            ].map(([text]) => text);
            for (const text of removals) assert.match(text, /^.{0,40}--preserve-config/, page);
        }
    });

    it("the stock image that is shown is accepted with what the page says it needs", () => {
        const shown = /^### Stock images[^]*?\n\n((?: {4}.*\n)+)/m.exec(read("docs/configuration.md"))?.[1] ?? "";
        const services = parse(shown.replace("<account>", "123456789012").replace("<region>", REGION)) as Given;
        const { port, user, writablePaths } = settings({ services }).services[0] ?? {};
        assert.deepEqual({ port, user, writablePaths }, { port: 8080, user: "101", writablePaths: ["/tmp"] });
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
