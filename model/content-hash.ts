import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import * as path from "node:path";
import ignore from "@balena/dockerignore";

export interface Build {
    /** Folder that the Dockerfile may copy from. */
    readonly context: string;
    /** Path of the Dockerfile. */
    readonly dockerfile: string;
    readonly args: Readonly<Record<string, string>>;
    readonly target?: string;
    readonly platform: string;
}

/** Characters of the hash that make a tag: 64 bits, far beyond what one repository will ever hold. */
const TAG_LENGTH = 16;

/**
 * A tag that changes when, and only when, what is built changes: the context's files after `.dockerignore`, the Dockerfile, arguments,
 * target and platform.
 */
export function contentTag(build: Build): string {
    const hash = createHash("sha256");
    const add = (...parts: readonly (string | Buffer)[]) => {
        for (const part of parts) hash.update(`${part.length}:`).update(part);
    };
    add("platform", build.platform, "target", build.target ?? "");
    for (const name of Object.keys(build.args).sort()) add("argument", name, build.args[name] ?? "");
    add("dockerfile", readFileSync(build.dockerfile));
    for (const file of contextFiles(build)) {
        const absolute = path.join(build.context, file);
        add("file", file, mode(absolute), content(absolute));
    }
    return hash.digest("hex").slice(0, TAG_LENGTH);
}

/** Files and links below the context that `.dockerignore` lets through, as sorted paths with `/`. */
export function contextFiles({ context, dockerfile }: Pick<Build, "context" | "dockerfile">): string[] {
    // BuildKit prefers the ignore file that is named after the Dockerfile.
    const rules = [`${dockerfile}.dockerignore`, path.join(context, ".dockerignore")].find(existsSync);
    const filter = ignore({ ignorecase: false });
    if (rules !== undefined) filter.add(readFileSync(rules, "utf8"));
    return walk(context, "")
        .filter(file => !filter.ignores(file))
        .sort();
}

function walk(root: string, folder: string): string[] {
    return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(entry => {
        const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
        return entry.isDirectory() ? walk(root, relative) : [relative];
    });
}

/**
 * All that an image keeps of a file's mode, and docker-build's own hash of the context with it: under another tag it pushes what it takes for
 * another image, and under the same one a repository whose tags never move refuses that. A checkout under umask 022 has the two that have a name.
 */
function mode(file: string): string {
    const stat = lstatSync(file);
    const bits = stat.mode & 0o7777;
    if (stat.isSymbolicLink()) return bits === 0o777 ? "link" : `link ${bits.toString(8)}`;
    return NAMED_MODES.get(bits) ?? bits.toString(8);
}

const NAMED_MODES = new Map([
    [0o644, "plain"],
    [0o755, "executable"],
]);

function content(file: string): string | Buffer {
    return lstatSync(file).isSymbolicLink() ? readlinkSync(file) : readFileSync(file);
}
