import * as assert from "node:assert/strict";
import { parseImageReference } from "../model/image-reference";
import { settingsOf } from "../settings";
import { containersOf, tasksOf } from "../settings/tasks";
import { costSection } from "../tools/cost/section";
import { inventory } from "../tools/inventory/inventory";
import { policySection } from "../tools/policy/section";
import { EXAMPLES, EXAMPLES_PAGE, Example } from "./support/examples";

/** Before any exception of theirs ends. */
const TODAY = "2026-11-26";

describe("examples", () => {
    it("are five, each with a row in the page of all", () => {
        const rows = [...EXAMPLES_PAGE.matchAll(/^\| \[[^\]]+\]\(([a-z0-9-]+)\/\)/gm)].map(([, name]) => name);
        assert.equal(EXAMPLES.length, 5);
        assert.deepEqual(rows.sort(), EXAMPLES.map(({ name }) => name).sort());
    });

    for (const example of EXAMPLES) {
        describe(example.name, () => {
            it("is under 60 lines", () => {
                assert.ok(example.text.trimEnd().split("\n").length < 60);
            });

            it("is refused nothing, and its policy findings are those that its README names", async () => {
                const found = await inventory(example.name, example.files);
                const { json } = policySection(found, TODAY);
                assert.deepEqual(json.findings, []);
                assert.deepEqual([json.refused, json.unused], [[], []]);
                assert.deepEqual(
                    sorted(found.settings.policyExceptions.map(({ rule }) => rule)),
                    sorted([...section(example, "Findings").matchAll(/^- `([a-z0-9-]+)`/gm)].map(([, rule = ""]) => rule)),
                );
            });

            it("is priced, and costs what the page of all says", async () => {
                const { json } = costSection(await inventory(example.name, example.files));
                const { expected, unknown } = json["total"] as { readonly expected: number; readonly unknown: unknown };
                assert.deepEqual(unknown, []);
                const row = EXAMPLES_PAGE.split("\n").find(line => line.includes(`](${example.name}/)`)) ?? "";
                const [, amount] = /\| (\d+) \|$/.exec(row) ?? [];
                assert.equal(amount, String(Math.round(expected)));
            });

            it("names in its README what must exist before: images, secrets with their keys and variables, files, buckets, topics, queues", () => {
                const missing = neededBy(example).filter(name => !section(example, "Before").includes(`\`${name}\``));
                assert.deepEqual(missing, []);
            });

            it("says in its README where it comes from, what could not be carried over, and how it is planned and brought up", () => {
                assert.match(section(example, "Source"), /https:\/\/github\.com\/\S+/);
                assert.match(section(example, "Not carried over"), /^\| what \| why \|$/m);
                const commands = section(example, "Up");
                const { name } = example;
                for (const command of [
                    `cp examples/${name}/Pulumi.${name}.yaml .`,
                    `npm run plan -- ${name}`,
                    `npm run up -- ${name}`,
                ])
                    assert.ok(commands.includes(`    ${command}`), command);
            });
        });
    }
});

/** What a section of the README says, below its heading. */
function section({ readme }: Example, heading: string): string {
    const [, text = ""] = new RegExp(`^## ${heading}\\n([^]*?)(?=^## |$(?![^]))`, "m").exec(readme) ?? [];
    return text;
}

/** By the names that somebody gives them who makes them. */
function neededBy({ files }: Example): readonly string[] {
    const tasks = tasksOf(settingsOf(files.config, files));
    const containers = tasks.flatMap(containersOf).filter(({ is }) => is !== "collector");
    return [
        ...new Set([
            ...containers.flatMap(({ container: { image } }) => {
                const parsed = image === undefined ? undefined : parseImageReference(image);
                return parsed === undefined ? [] : [`${parsed.ecr?.name ?? parsed.repository}:${parsed.tag ?? ""}`];
            }),
            ...containers.flatMap(({ container: { secrets } }) =>
                Object.entries(secrets).flatMap(([variable, arn]) => [variable, ...namesOfSecret(arn)]),
            ),
            ...containers.flatMap(({ container: { environmentFiles = [] } }) => environmentFiles.map(lastOf)),
            ...tasks.flatMap(({ task: { permissions } }) =>
                permissions
                    .flatMap(({ resources }) => resources)
                    .filter(arn => arn !== "*")
                    .map(arn => lastOf(arn).replace(/\/\*$/, "")),
            ),
        ]),
    ];
}

/** Its name, without the six characters that AWS adds, and the JSON key. */
function namesOfSecret(arn: string): string[] {
    const [name = "", key = ""] = arn.split(":").slice(6);
    return [name.replace(/-\w{6}$/, ""), ...(key === "" ? [] : [key])];
}

function lastOf(arn: string): string {
    return arn.split(":").slice(5).join(":");
}

function sorted(names: readonly string[]): string[] {
    return [...names].sort();
}
