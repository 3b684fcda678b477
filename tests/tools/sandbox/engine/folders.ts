import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** A folder that each test gets empty, and that is gone afterwards. */
export function temporaryFolder(): () => string {
    let folder = "";
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "engine-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    return () => folder;
}

/** Writes a file with the folders above it. */
export function write(file: string, content: string | Buffer = "", mode = 0o644): string {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
    return file;
}
