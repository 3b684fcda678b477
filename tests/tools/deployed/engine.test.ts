import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { previewJson } from "../../../tools/deployed/engine";

describe("a preview as the engine tells it", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "fargate-test-"))));
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    /** A CLI that prints this and ends so. */
    function place({ prints, complains = "", code }: { prints: string; complains?: string; code: number }) {
        const pulumi = path.join(folder, "pulumi");
        const script = `#!/bin/sh\ncat <<'EOF'\n${prints}\nEOF\necho '${complains}' >&2\nexit ${code}\n`;
        writeFileSync(pulumi, script, { mode: 0o755 });
        return { folder, stack: "dev", pulumi, files: { project: "fargate", stack: "dev", config: {}, secretKeys: [] } };
    }

    const withError = { steps: [], diagnostics: [{ severity: "error", message: "the tag was not found\n" }] };

    it("is good where it ends with 0, though a look-up found nothing", async () => {
        const found = await previewJson(place({ prints: JSON.stringify(withError), code: 0 }), {});
        assert.deepEqual(found, withError);
    });

    it("is refused where it ends otherwise, with the engine's errors", async () => {
        const preview = previewJson(place({ prints: JSON.stringify(withError), code: 255 }), {});
        await assert.rejects(preview, { message: "pulumi preview of dev ended with 255:\nthe tag was not found" });
    });

    it("is refused where it is no JSON, with what was said instead", async () => {
        const locked = previewJson(place({ prints: "", complains: "error: the stack is locked", code: 1 }), {});
        await assert.rejects(locked, { message: "pulumi preview of dev ended with 1:\nerror: the stack is locked" });
        const garbled = previewJson(place({ prints: "Updating", code: 0 }), {});
        await assert.rejects(garbled, { message: "pulumi preview of dev ended with 0:\nUpdating" });
    });
});
