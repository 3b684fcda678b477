import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { policySection } from "../../../tools/policy/section";
import { RULES } from "../../../tools/policy/rules";
import { TASK_DEFINITION } from "../../../tools/inventory/types/ecs";
import { PROJECT_FOLDER, PolicyException } from "../../../settings";
import { indented, sectionText } from "../../../tools/inventory/section";
import { Inventory, inventory } from "../../../tools/inventory/inventory";
import { stackNames } from "../../../tools/cli/stack-files";
import { sample } from "../../support/sample";

const TODAY = "2026-11-22";
const EXCEPTION: PolicyException = { rule: "services-roll-back", reason: "A trial.", until: "2026-12-31" };

async function prod(exceptions: readonly PolicyException[] = []): Promise<Inventory> {
    return inventory("prod", prodFiles({ "fargate:policyExceptions": JSON.stringify(exceptions) }));
}

function prodFiles(config: Readonly<Record<string, string>>) {
    const files = sample("prod");
    return { ...files, config: { ...files.config, ...config } };
}

/** The exceptions that docs/controls.md shows for production on plain HTTP. */
function documentedExceptions(): readonly PolicyException[] {
    const page = readFileSync(path.join(PROJECT_FOLDER, "docs", "controls.md"), "utf8");
    const example = page.split("```yaml\n").find(part => part.includes("fargate:allowHttp: true\n"));
    const { config } = parse(example?.split("```")[0] ?? "") as { config: Record<string, readonly PolicyException[]> };
    return config["fargate:policyExceptions"] ?? [];
}

/** The program with a service that does not roll back, and a container that runs as root. */
async function spoiled(exceptions: readonly PolicyException[] = []): Promise<Inventory> {
    const found = await prod(exceptions);
    const resources = found.resources.map(each => {
        if (each.type === "aws:ecs/service:Service")
            return { ...each, inputs: { ...each.inputs, deploymentCircuitBreaker: undefined } };
        if (each.type !== TASK_DEFINITION) return each;
        const containerDefinitions = String(each.inputs["containerDefinitions"]).replace('"user":"65532"', '"user":"0"');
        return { ...each, inputs: { ...each.inputs, containerDefinitions } };
    });
    return { ...found, resources };
}

const textOf = (found: Inventory) => {
    const section = policySection(found, TODAY);
    return stripVTControlCharacters(sectionText({ ...section, text: indented(section.text) }));
};

describe("the policy section of a plan", () => {
    it("is short where nothing is to object to, and counts what it does not hold against the stack", async () => {
        const found = await prod();
        assert.match(
            textOf(found),
            /^Policy {2}\d+ rules, nothing to object to\n {2}\d+ known conflicts: ([a-z0-9-]+(?: \(\d+\))?(?:, )?)+\n {2}docs\/controls\.md tells more of each$/,
        );
        assert.equal(policySection(found, TODAY).blocks, false);
    });

    it("has nothing to object to in the stacks of this project, as they are", async () => {
        for (const stack of stackNames(PROJECT_FOLDER)) assert.equal(policySection(await inventory(stack), TODAY).blocks, false);
    });

    it("tells development what would block production, as information", async () => {
        const found = await inventory("dev", sample("dev"));
        const section = policySection(found, TODAY);
        assert.equal(section.blocks, false);
        assert.match(textOf(found), /\n {2}\d+ findings that would block production: [a-z-]*.*log-groups-keep-a-year/);
        assert.ok(section.json.inProduction.some(({ rule }) => rule === "load-balancers-are-protected"));
        assert.deepEqual(policySection(await prod(), TODAY).json.inProduction, []);
    });

    it("tells each finding with severity, rule, controls, reason and fix, and blocks", async () => {
        const found = await spoiled();
        const text = textOf(found);
        assert.match(text, /^Policy {2}2 findings block this stack\n/);
        assert.match(
            text,
            / {2}✗ web-task-definition: container web runs as root \(user 0\) {2}medium · containers-run-as-non-root ECS\.20\n {4}Root inside/,
        );
        assert.match(text, / {4}Fix: Set deploymentCircuitBreaker/);
        assert.equal(policySection(found, TODAY).blocks, true);
    });

    it("says once what holds for several resources, and counts each of them", async () => {
        const short = async (config: Readonly<Record<string, string>>) =>
            textOf(await inventory("prod", prodFiles({ "fargate:logRetentionDays": "90", ...config })));
        const on = "firewall-logs, cluster-insights, web-task-logs";
        const text = await short({});
        assert.match(text, /^Policy {2}3 findings block this stack\n/);
        assert.match(text, new RegExp(`✗ ${on}: it keeps logs for 90 days`));
        assert.equal(text.split("Intrusions").length, 2);
        const exceptions = [{ rule: "log-groups-keep-a-year", reason: "Ninety are enough.", until: "2026-12-31" }];
        assert.match(
            await short({ "fargate:policyExceptions": JSON.stringify(exceptions) }),
            new RegExp(`excepted until 2026-12-31: log-groups-keep-a-year on ${on}, it keeps`),
        );
    });

    it("shows an exception with its reason and last day", async () => {
        const text = textOf(await spoiled([EXCEPTION]));
        assert.match(text, /1 finding blocks this stack/);
        assert.match(text, /excepted until 2026-12-31: services-roll-back on web, [^(]+ \(A trial\.\)/);
    });

    it("tells production on plain HTTP which exceptions it needs, and passes with those that the docs show", async () => {
        const onHttp = async (exceptions: readonly PolicyException[]) => {
            const config = { "fargate:allowHttp": "true", "fargate:policyExceptions": JSON.stringify(exceptions) };
            const { "fargate:domain": _, ...rest } = prodFiles(config).config;
            return policySection(await inventory("prod", { ...prodFiles(config), config: rest }), TODAY).json;
        };
        const { findings } = await onHttp([]);
        assert.deepEqual(
            findings.map(({ rule }) => rule),
            ["http-redirects-to-https", "listeners-are-encrypted"],
        );
        for (const { fix } of findings) assert.match(fix, /where fargate:allowHttp is meant, write an exception from this rule/);
        assert.equal((await onHttp(documentedExceptions())).blocks, false);
    });

    it("lists as many known conflicts and findings as it counts", async () => {
        const counted = [...textOf(await prod()).matchAll(/^ +(\d+) (?:known conflict|finding)s?[^:]*: (.*)$/gm)];
        assert.equal(counted.length, 1);
        for (const [line, number, listed = ""] of counted) {
            const times = listed.split(", ").map(rule => Number(/\((\d+)\)$/.exec(rule)?.[1] ?? 1));
            assert.equal(
                times.reduce((sum, found) => sum + found, 0),
                Number(number),
                line,
            );
        }
    });

    it("counts exceptions in its headline, and never says that there is nothing to object to", async () => {
        const root: PolicyException = { ...EXCEPTION, rule: "containers-run-as-non-root" };
        const found = await spoiled([EXCEPTION, root]);
        assert.match(textOf(found), /^Policy {2}2 exceptions let 2 findings pass; nothing else by \d+ rules\n/);
        const { json, blocks, isLoud } = policySection(found, TODAY);
        assert.deepEqual({ exceptions: json.exceptions, blocks, isLoud }, { exceptions: 2, blocks: false, isLoud: false });
        assert.match(
            textOf(await spoiled([EXCEPTION])),
            /^Policy {2}1 finding blocks this stack; 1 exception lets 1 finding pass\n/,
        );
        assert.match(textOf(await prod([EXCEPTION])), /^Policy {2}1 exception lets no finding pass; nothing else by/);
    });

    it("tells what a key of the stack file turns off, and why, and does not block for it", async () => {
        const found = await inventory("prod", prodFiles({ "fargate:firewall": '{"off": "CloudFront has one."}' }));
        const text = textOf(found);
        assert.match(text, /^Policy {2}fargate:firewall\.off is set; nothing else by \d+ rules\n/);
        assert.match(
            text,
            / {2}off by fargate:firewall\.off: load-balancers-have-a-firewall on load-balancer, no [^(]+ \(CloudFront has one\.\)/,
        );
        assert.match(text, /\n {2}\d+ known conflicts: /);
        assert.equal(policySection(found, TODAY).blocks, false);
    });

    it("sets apart the exceptions that a change brings, widens or gives longer", async () => {
        const other: PolicyException = {
            rule: "containers-run-as-non-root",
            resource: "web",
            reason: "A trial.",
            until: "2026-12-31",
        };
        const of = (exceptions: readonly PolicyException[], before: readonly PolicyException[]) =>
            policySection({ settings: { ...given.settings, policyExceptions: exceptions }, resources: [] }, TODAY, before);
        const given = await prod();
        const fresh = of([EXCEPTION, other], [EXCEPTION]);
        assert.match(stripVTControlCharacters(fresh.summary), /^2 exceptions, 1 of them new, let no finding pass;/);
        assert.match(fresh.text, /new exception until 2026-12-31: containers-run-as-non-root on web \(A trial\.\)/);
        assert.deepEqual([fresh.json.newExceptions, fresh.isLoud], [[other], true]);
        for (const changed of [
            { ...other, until: "2027-01-01" },
            { ...other, resource: undefined },
            { ...other, resource: "api" },
        ])
            assert.deepEqual(of([changed], [other]).json.newExceptions, [changed]);
        for (const kept of [other, { ...other, until: TODAY }, { ...other, reason: "Another." }]) {
            assert.deepEqual(of([kept], [other]).json.newExceptions, []);
            assert.equal(of([kept], [other]).isLoud, false);
        }
        assert.deepEqual(
            of([other], [{ ...other, resource: undefined }]).json.newExceptions,
            [],
            "the old one has every resource",
        );
    });

    it("blocks for an exception that ended", async () => {
        const found = await prod([{ ...EXCEPTION, until: "2026-11-21" }]);
        assert.match(
            textOf(found),
            /^Policy {2}1 refused exception blocks this stack\n {2}✗ The exception from services-roll-back \("A trial\."\) ended/,
        );
        assert.equal(policySection(found, TODAY).blocks, true);
    });

    it("names an exception that excepts nothing", async () => {
        const found = await prod([{ ...EXCEPTION, resource: "web" }]);
        assert.match(textOf(found), /unused exception: services-roll-back on web finds nothing; remove it/);
        assert.equal(policySection(found, TODAY).blocks, false);
    });

    it("is data that JSON can hold", async () => {
        const { json } = policySection(await spoiled(), TODAY);
        assert.equal(json.rules, RULES.length);
        assert.equal(json.blocks, true);
        assert.deepEqual(JSON.parse(JSON.stringify(json)), JSON.parse(JSON.stringify({ ...json })));
        assert.deepEqual(
            json.findings.map(({ rule }) => rule),
            ["containers-run-as-non-root", "services-roll-back"],
        );
    });

    it("costs less than a tenth of a second", async () => {
        const found = await prod();
        policySection(found, TODAY);
        const start = process.cpuUsage();
        policySection(found, TODAY);
        const { user, system } = process.cpuUsage(start);
        assert.ok((user + system) / 1000 < 100, `${(user + system) / 1000} ms`);
    });
});
