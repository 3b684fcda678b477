import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Review, review } from "../../../tools/review/changes";
import { TYPES } from "../../../tools/inventory/types";
import { PROJECT_FOLDER } from "../../../settings";
import { inventory } from "../../../tools/inventory/inventory";
import { shortType } from "../../../tools/inventory/resource";
import { costChange } from "../../../tools/cost/change";
import { command } from "../../../tools/review/review";
import { reviewMarkdown } from "../../../tools/review/markdown";
import { reviewText } from "../../../tools/review/text";
import { call } from "../../support/command-line";
import { CHANGES } from "../../fixtures/review/changes";
import { Fixture, fixture, fixtureFile } from "../../fixtures/review/fixture";
import { resourcesBefore } from "../../../tools/deployed/preview";

/** Every change that was recorded from the engine. */
const NAMES = [...CHANGES.map(({ name }) => name), "drift", "rebuilt-image"];

/** Explanations in full, as a person read and approved them. */
const approved = (file: string) => readFileSync(path.join(PROJECT_FOLDER, "tests/fixtures/review", file), "utf8").trimEnd();

describe("the explanation of a real change", () => {
    for (const name of NAMES) {
        it(`is in full: ${name}`, () => {
            assert.equal(reviewText(review(fixture(name).preview), [], []), approved(`${name}.txt`));
        });
    }

    for (const name of ["environment-and-image", "removed-service", "zone", "tags"]) {
        it(`is in full as a comment: ${name}`, () => {
            assert.equal(reviewMarkdown(review(fixture(name).preview), [], []), approved(`${name}.md`));
        });
    }
});

describe("what the engine then did", () => {
    for (const name of NAMES) {
        it(`restarted the tasks that the explanation names, and no others: ${name}`, () => {
            const { preview, then } = fixture(name);
            const restarted = review(preview).services.filter(({ outcome }) => !["runs on", "stops"].includes(outcome));
            // More than one is one that the engine asked for again, since the answer got lost.
            const rolled = Object.entries(then.deployments).filter(([, number]) => number > 0);
            assert.deepEqual(
                restarted.map(service => service.name),
                rolled.map(([name]) => name),
            );
        });

        it(`touched the resources that the explanation names, and no others: ${name}`, () => {
            const found = fixture(name);
            const { certain, possible } = touched(found);
            const done = found.then.operations;
            assert.deepEqual(
                certain.filter(operation => !done.includes(operation)),
                [],
                "announced and not done",
            );
            assert.deepEqual(
                done.filter(operation => !certain.includes(operation) && !possible.includes(operation)),
                [],
                "done and not announced",
            );
        });
    }
});

/** The engine's operations by the explanation; those on tags by the preview, since the explanation only counts them. */
function touched({ preview, then }: Fixture): { certain: string[]; possible: string[] } {
    const { changes, losses, uncertain, tags }: Review = review(preview);
    const line = ({ op, type, name }: { op: string; type: string; name: string }) => `${op} ${shortType(type)} ${name}`;
    const revisions = preview.steps.filter(
        ({ op, type }) => op === "replace" && type === "aws:ecs/taskDefinition:TaskDefinition",
    );
    const isRevised = ({ type, name }: { type: string; name: string }) =>
        revisions.some(one => one.type === type && one.name === name);
    const certain = [...changes.map(one => (isRevised(one) ? { ...one, op: "replace" } : one)), ...losses].map(line);
    const tagged = then.operations.filter(operation => operation.startsWith("update ") && !certain.includes(operation));
    if (tags !== undefined) assert.equal(tagged.length, tags.resources);
    return { certain: [...certain, ...(tags === undefined ? [] : tagged)], possible: uncertain.map(line) };
}

describe("a change of cost", () => {
    const costOf = async (name: string) => {
        const { preview, files } = fixture(name);
        return costChange(resourcesBefore(preview), await inventory(files.stack, files));
    };

    it("is none where no item changes", async () => {
        for (const name of ["image", "environment", "in-place", "tags", "first-permission"]) {
            const { summary, text, blocks } = await costOf(name);
            assert.match(summary, / USD a month, as before$/);
            assert.match(text, /^Every item stays as it is\./);
            assert.equal(blocks, false);
        }
    });

    it("is told by component, with what is gone and what is new", async () => {
        const { summary, text } = await costOf("egress");
        assert.equal(summary, "111.49 + unknown → 120.74 + unknown USD a month (+9.25)");
        assert.deepEqual(text.split("\n").slice(0, 3), [
            "component  AWS service      before  after  change  why",
            "network    Amazon VPC               47.31  +47.31  new: public IPv4 address; NAT gateway",
            "endpoints  AWS PrivateLink   38.06         -38.06  gone: 4 × interface endpoint in 1 zone",
        ]);
    });

    it("is unknown where a price is, and what it is for changes", async () => {
        const { summary, text } = await costOf("cpu");
        assert.equal(summary, "65.33 + unknown → 65.33 + unknown USD a month (unknown)");
        assert.match(
            text,
            /^web +AWS Fargate +unknown +unknown +unknown +2 tasks of 0\.25 vCPU.* → 2 tasks of 0\.5 vCPU.*\(on demand: 33\.16\)$/m,
        );
    });
});

describe("the command", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(path.join(tmpdir(), "fargate-test-"))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** Explains the recorded preview of a change, as `pulumi preview --json` printed it. */
    async function explain(name: string, ...options: readonly string[]) {
        const file = path.join(folder, "preview.json");
        const { preview } = JSON.parse(readFileSync(fixtureFile(name), "utf8")) as { preview: object };
        writeFileSync(file, JSON.stringify(preview));
        return call(command, ["dev", "--preview", file, ...options]);
    }

    const lost = review(fixture("removed-service").preview)
        .losses.filter(({ isForGood }) => isForGood)
        .map(({ urn }) => urn);
    const allow = (urns: readonly string[]) => urns.flatMap(urn => ["--allow", urn]);

    it("ends with 0 where nothing is lost for good", async () => {
        const { code, output } = await explain("image");
        assert.equal(code, 0);
        assert.ok(output.startsWith(approved("image.txt").split("\n\n").slice(0, 2).join("\n\n")));
    });

    it("ends with 2 until every loss is acknowledged by its URN", async () => {
        assert.equal(lost.length, 2);
        assert.equal((await explain("removed-service")).code, 2);
        assert.equal((await explain("removed-service", ...allow(lost.slice(1)))).code, 2);
        const { code, output } = await explain("removed-service", ...allow(lost));
        assert.equal(code, 0);
        assert.equal(output.match(/^ +acknowledged$/gm)?.length, 2);
    });

    it("says as data what it says as text, and the comment with it", async () => {
        const { code, output } = await explain("removed-service", "--json");
        assert.equal(code, 2);
        const json = JSON.parse(output) as Record<string, unknown>;
        assert.deepEqual([json["stack"], json["differs"], json["blocks"], json["unacknowledged"]], ["dev", true, true, lost]);
        assert.equal(json["markdown"], (await explain("removed-service", "--markdown")).output.trimEnd());
    });

    it("writes the same comment for the same facts", async () => {
        const [one, other] = [await explain("zone", "--markdown"), await explain("zone", "--markdown")];
        assert.equal(one.output, other.output);
        assert.ok(one.output.startsWith("## `dev`\n"));
    });

    it("refuses what it cannot explain, and says why", async () => {
        const file = path.join(folder, "preview.json");
        const told = async (text: string, stack = "dev") => {
            writeFileSync(file, text);
            const { code, errors } = await call(command, [stack, "--preview", file]);
            return [code, errors.trim().split("\n").pop()];
        };
        const allowed = "Allowed: what pulumi preview --json --show-sames prints.";
        assert.deepEqual(await told("{}"), [1, `${file} cannot be explained: it has neither steps nor diagnostics. ${allowed}`]);
        const failed = JSON.stringify({ diagnostics: [{ severity: "error", message: "fargate:images.web was not found" }] });
        assert.deepEqual(await told(failed), [1, "fargate:images.web was not found"]);
        const ofDev = readFileSync(fixtureFile("image"), "utf8");
        const { preview } = JSON.parse(ofDev) as { preview: object };
        assert.deepEqual(await told(JSON.stringify(preview), "prod"), [1, `${file} is of the stack dev, not of prod`]);
    });

    it("knows what goes with every type that the shipped stacks declare", async () => {
        const types = new Set<string>();
        for (const stack of ["dev", "prod"])
            for (const { type, isComponent } of (await inventory(stack)).resources) if (!isComponent) types.add(type);
        const unknown = [...types].filter(type => TYPES.get(type)?.loss === undefined && !type.startsWith("pulumi:"));
        assert.deepEqual(unknown, []);
    });
});

describe("what people wrote into stack files", () => {
    it("ends no code span of a comment, whatever it is", () => {
        const found = review(fixture("image").preview);
        const [web] = found.services;
        assert.ok(web);
        const reasons = [{ what: "environment", name: "A", kind: "changed" as const, before: "`@team` <b>", after: "``" }];
        const text = reviewMarkdown({ ...found, services: [{ ...web, reasons }] }, [], []);
        assert.ok(text.includes("because environment `A` `` `@team` <b> ``→``` `` ```;"), text);
    });
});
