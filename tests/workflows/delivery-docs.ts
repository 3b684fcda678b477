import { readFileSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";

export const PAGE = path.join(PROJECT_FOLDER, "docs/delivery.md");

export const DOCUMENT = readFileSync(PAGE, "utf8");

/** Commands for a reader's shell. */
export interface Block {
    /** The heading above it. */
    readonly heading: string;
    /** The test that runs it, where it says one. */
    readonly runBy?: string;
    readonly script: string;
}

/** The document's blocks of commands, in order. */
export function blocks(document: string): Block[] {
    return [...document.matchAll(/(?:<!-- run by: (?<runBy>\S+) -->\n\n)?```sh\n(?<script>[^]*?)```/g)].map(
        ({ groups, index }) => ({
            heading: [...document.slice(0, index).matchAll(/^#+ (.*)$/gm)].pop()?.[1] ?? "",
            runBy: groups?.["runBy"],
            script: groups?.["script"] ?? "",
        }),
    );
}

/** @throws Error where the document has no such block */
export function blockUnder(heading: string): string {
    const found = blocks(DOCUMENT).find(block => block.heading === heading);
    if (found === undefined) throw new Error(`docs/delivery.md has no commands under ${heading}`);
    return found.script;
}
