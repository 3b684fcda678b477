import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import type { StackFiles } from "../../tools/cli/stack-files";

/** A copy of the project, for commands, with these stacks beside or in place of the shipped ones. Whoever makes it removes it. */
export function projectCopy(stacks: readonly StackFiles[]): string {
    const folder = mkdtempSync(path.join(tmpdir(), "fargate-"));
    const isLeftOut = (part: string) => part.startsWith(".") || ["node_modules", "tests", "docs", "bootstrap"].includes(part);
    const filter = (source: string) => !path.relative(PROJECT_FOLDER, source).split(path.sep).some(isLeftOut);
    cpSync(PROJECT_FOLDER, folder, { recursive: true, filter });
    symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
    for (const { stack, config } of stacks) {
        const lines = Object.entries(config).map(([key, value]) => `  ${key}: ${value}`);
        writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), `config:\n${lines.join("\n")}\n`);
    }
    return folder;
}
