import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readStackFile } from "../../../settings/stack-file";
import { writeStackFile } from "../../../tools/sandbox/workspace";

describe("the sandbox's own stack file", () => {
    it("hands the program the same text, whatever the engine's reader makes of plain scalars", () => {
        const folder = mkdtempSync(path.join(tmpdir(), "workspace-"));
        const texts = [
            "2023-10-16",
            "014",
            "1_000",
            "1e3",
            "0x1F",
            "1.10",
            "~",
            "null",
            "True",
            "yes",
            ".inf",
            "a\nb",
            "é: #",
            "<<",
            "",
        ];
        const config = {
            "fargate:environment": JSON.stringify({
                ...Object.fromEntries(texts.map((text, index) => [`T${index}`, text])),
                "014": 5,
            }),
            "aws:profile": "1.10",
            "aws:maxRetries": "2",
            "fargate:list": JSON.stringify(texts),
            "fargate:long": JSON.stringify(["word ".repeat(100)]),
        };
        try {
            writeStackFile(folder, "dev", config);
            // Twice: what is there already is read and written again.
            writeStackFile(folder, "dev", config);
            const file = readStackFile(readFileSync(path.join(folder, "Pulumi.dev.yaml")), "fargate");
            assert.deepEqual(file.altered, []);
            assert.deepEqual(file.config, config);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
