import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { readStackFiles } from "../../../tools/cli/stack-files";
import { UNKNOWN } from "../../../tools/inventory/inputs";
import { inventory } from "../../../tools/inventory/inventory";
import { fromText, toText } from "../../../tools/review/declared-text";
import { declaredElsewhere, filesIn } from "../../../tools/review/judged";
import { command } from "../../../tools/review/review";
import { PROJECT_FOLDER } from "../../../settings";
import { call } from "../../support/command-line";
import { projectCopy } from "../../support/project-copy";
import { fixtureFile } from "../../fixtures/review/fixture";

const EXCEPTION = { rule: "services-roll-back", reason: "A trial.", until: "9999-12-31" };

describe("a change that this project's tools judge", function () {
    this.timeout(120_000);
    let change: string;
    let preview: string;

    before(() => {
        const files = readStackFiles(PROJECT_FOLDER, "dev");
        const config = {
            ...files.config,
            "fargate:policyExceptions": JSON.stringify([EXCEPTION]),
            "fargate:logRetentionDays": "1",
        };
        change = projectCopy([{ ...files, config }]);
        preview = path.join(change, "preview.json");
        const recorded = JSON.parse(readFileSync(fixtureFile("image"), "utf8")) as { preview: object };
        writeFileSync(preview, JSON.stringify(recorded.preview));
    });
    after(() => rmSync(change, { recursive: true, force: true }));

    const review = (...options: readonly string[]) =>
        call(command, ["dev", "--preview", preview, "--change", change, ...options]);

    /** As a change would have it that means to pass. */
    function edit(file: string, text: (before: string) => string): void {
        const place = path.join(change, file);
        const before = readFileSync(place, "utf8");
        const after = text(before);
        assert.notEqual(after, before);
        writeFileSync(place, after);
    }

    it("declares what its own program does", async () => {
        const { resources } = await declaredElsewhere(change, filesIn(change, "dev"));
        const own = await inventory("dev");
        const told = (of: readonly { readonly urn: string }[]) => of.map(({ urn }) => urn);
        assert.deepEqual(told(resources), told(own.resources));
    });

    it("is told what it loosens and excepts, ahead of everything that folds", async () => {
        const { code, output } = await review("--markdown");
        assert.equal(code, 2);
        const [ahead = ""] = output.split("<details");
        assert.match(ahead, /^### Loosened: 1 protection\n\n```text\nlogRetentionDays 7→1\n```$/m);
        assert.match(ahead, /^### Policy: 1 refused exception blocks this stack \(blocks\)$/m);
        assert.match(ahead, /^new exception until 9999-12-31: services-roll-back \(A trial\.\)$/m);
        const json = JSON.parse((await review("--json")).output) as { sections: { json: { newExceptions?: unknown } }[] };
        assert.deepEqual(
            json.sections.flatMap(({ json: { newExceptions } }) => newExceptions ?? []),
            [EXCEPTION],
        );
    });

    it("is judged by rules, prices and limits that it cannot change", async () => {
        const judged = (await review("--markdown")).output;
        edit("tools/policy/evaluate.ts", text =>
            text.replace("return findings.length > 0", "return false && findings.length > 0"),
        );
        edit("tools/policy/exceptions.ts", text => text.replace("until > last", "false"));
        edit("settings/exceptions.ts", text => text.replace("= 400", "= 4_000_000"));
        edit("tools/review/review.ts", text => text.replace("exitCode: blocks ?", "exitCode: false ?"));
        edit("package.json", text => text.replace(/"review": "[^"]*"/, '"review": "true"'));
        const { code, output } = await review("--markdown");
        assert.deepEqual([code, output], [2, judged]);
    });

    it("runs none of its code in the process that judges", async () => {
        edit("index.ts", text => `globalThis.process.exitCode = 0; globalThis.process.env["JUDGED"] = "here";\n${text}`);
        assert.equal((await review()).code, 2);
        assert.equal(process.env["JUDGED"], undefined);
    });

    it("is not judged at all where its program ends before it has declared anything", async () => {
        edit("index.ts", text => `globalThis.process.exit(0);\n${text}`);
        const { code, errors } = await review();
        assert.equal(code, 1);
        assert.match(errors, /declares cannot be told by this project's tools/);
    });

    it("that takes a stack's file away is told to take its gates away", async () => {
        rmSync(path.join(change, "Pulumi.prod.yaml"));
        const { code, output } = await call(command, ["prod", "--change", change, "--markdown"]);
        assert.equal(code, 0);
        assert.match(output, /^## `prod`\n\n\*\*The change takes `Pulumi\.prod\.yaml` away: no gate judges this stack any more/);
    });
});

describe("resources from one process to another", () => {
    it("keep what is unknown, at any depth", () => {
        const resources = [{ inputs: { a: UNKNOWN, b: [UNKNOWN, { c: UNKNOWN }], d: "text", e: 1 } }];
        assert.deepEqual(fromText(toText(resources)), resources);
    });
});
