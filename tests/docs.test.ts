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

/** Every section of these shows a stack file. */
const PAGES_OF_EXAMPLES = ["docs/edge.md", "docs/watch.md", "docs/workloads.md"];

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
        assert.ok(named(there).length > 10 && missing.length > 0);
        assert.deepEqual(
            named(there).filter(key => !keys.has(key)),
            [],
        );
        assert.deepEqual(
            named(missing).filter(key => keys.has(key)),
            [],
        );
    });

    for (const [page, example] of PAGES_OF_EXAMPLES.flatMap(page => examplesOf(page).map(example => [page, example] as const))) {
        it(`the stack file in ${page} plans: ${example.section}`, async () => {
            const config = { "aws:region": "ap-northeast-2", ...(parse(example.text) as object) };
            const { resources } = await inventory("docs", filesWith("docs", config));
            assert.ok(resources.length > 10);
        });
    }

    for (const page of PAGES_OF_EXAMPLES) {
        it(`${page} has a stack file for each of its sections`, () => {
            // What no key reaches is no stack file's affair.
            const parts = read(page).split(/^## /m).slice(1);
            const sections = parts.filter(part => !part.includes("\n    export const ")).map(part => part.split("\n", 1)[0]);
            assert.deepEqual([...new Set(examplesOf(page).map(({ section }) => section))], sections);
        });
    }

    it("what the firewall's page asks its log finds what AWS's example of a counted group has", () => {
        const [, rule = ""] = /^\| parse @message \/(.*)\/$/m.exec(read("docs/edge.md")) ?? [];
        // As AWS's knowledge center shows it (How do I analyze my CloudWatch metrics and logs for AWS WAF rules in Count mode).
        const ruleGroupList = [
            {
                ruleGroupId: "AWS#AWSManagedRulesCommonRuleSet",
                terminatingRule: { ruleId: "NoUserAgent_HEADER", action: "BLOCK", ruleMatchDetails: null },
                nonTerminatingMatchingRules: [],
            },
        ];
        const record = { terminatingRuleId: "Default_Action", action: "ALLOW", ruleGroupList };
        assert.equal(new RegExp(rule).exec(JSON.stringify(record))?.groups?.["inGroup"], "NoUserAgent_HEADER");
    });

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
