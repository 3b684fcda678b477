import { Dirent, Stats, lstatSync, readFileSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import { IgnoreRules, Verdict, goText } from "./docker-ignore";

/** What a build may read. */
export interface BuildContext {
    /** Folder that the Dockerfile may copy from. */
    readonly context: string;
    /** Path of the Dockerfile. */
    readonly dockerfile: string;
}

/** A file, link, folder or other thing that BuildKit gets of a context. */
export interface Sent {
    /** Below the context, with `/`; what is no UTF-8 in it as `goText` tells it. */
    readonly path: string;
    /** The same, by its bytes. */
    readonly bytes: Buffer;
    readonly isFolder: boolean;
    /** Of a folder: whether nothing in it is sent. */
    readonly isEmpty: boolean;
}

/** What BuildKit gets of a context, in the order of the paths. @throws BadIgnoreFile */
export function sentFiles(build: BuildContext): Sent[] {
    return sentBelow(build.context, ignoreRules(build));
}

/** Links of a context that end at a pipe or a device of this machine: BuildKit sends the link alone, but who opens it waits, or reads for ever. */
export function linksWithoutEnd(build: BuildContext): string[] {
    const root = Buffer.from(build.context);
    return sentFiles(build)
        .filter(({ bytes }) => {
            const file = below(root, bytes);
            if (!lstatSync(file).isSymbolicLink()) return false;
            const end = endOf(file);
            return end !== undefined && !end.isFile() && !end.isDirectory();
        })
        .map(({ path: name }) => name);
}

/** Nothing for a link that ends nowhere, or in a circle. */
function endOf(link: Buffer): Stats | undefined {
    try {
        return statSync(link);
    } catch {
        return undefined;
    }
}

/** What the rules let through, in the order of the paths. */
export function sentBelow(context: string, rules: IgnoreRules): Sent[] {
    const sent: Sent[] = [];
    walk({ path: "", bytes: Buffer.of() }, undefined, { root: Buffer.from(context), rules, sent });
    return sent.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/**
 * The rules of a build's ignore file: the one that is named after the Dockerfile, before the context's own.
 *
 * @throws BadIgnoreFile
 */
export function ignoreRules({ context, dockerfile }: BuildContext): IgnoreRules {
    const candidates = [`${dockerfile}.dockerignore`, path.join(context, ".dockerignore")];
    const file = candidates.find(candidate => lstatSync(candidate, { throwIfNoEntry: false }) !== undefined);
    if (file === undefined) return IgnoreRules.read(Buffer.of());
    if (!isFileOfFolder(file)) throw new BadIgnoreFile(file, "neither a file nor a link straight to one in its folder");
    try {
        return IgnoreRules.read(readFileSync(file));
    } catch (error) {
        throw new BadIgnoreFile(file, error instanceof Error ? error.message : String(error));
    }
}

/** An ignore file with which a build would fail, or leave out something else than it seems to. */
export class BadIgnoreFile extends Error {
    constructor(
        readonly file: string,
        readonly reason: string,
    ) {
        super(`${file}: ${reason}`);
    }
}

/**
 * Whether a path is a file, or a link straight to one that BuildKit finds as well: it follows links as if the folder were all there is, so that
 * one that leaves it ends nowhere or at another file.
 */
export function isFileOfFolder(file: string): boolean {
    const stat = lstatSync(file);
    if (!stat.isSymbolicLink()) return stat.isFile();
    const link = readlinkSync(file);
    const folder = realpathSync(path.dirname(file));
    const target = path.join(folder, link);
    const isInside = !path.isAbsolute(link) && target.startsWith(folder + path.sep);
    return isInside && lstatSync(target, { throwIfNoEntry: false })?.isFile() === true && realpathSync(target) === target;
}

/** Where something below a folder is, or below the context, both by their bytes. */
export function below(folder: Buffer, name: Buffer): Buffer {
    return folder.length === 0 ? name : Buffer.concat([folder, Buffer.from("/"), name]);
}

interface Walk {
    readonly root: Buffer;
    readonly rules: IgnoreRules;
    readonly sent: Sent[];
}

/** fsutil's walk: a folder goes where it is let through itself, or anything in it. */
function walk(folder: Pick<Sent, "path" | "bytes">, parent: Verdict | undefined, { root, rules, sent }: Walk): void {
    const absolute = folder.path === "" ? root : below(root, folder.bytes);
    for (const entry of entriesOf(absolute, parent?.isIgnored === true)) {
        const bytes = below(folder.bytes, entry.name);
        const file = { path: goText(bytes), bytes };
        const verdict = rules.verdict(file.path, parent);
        const before = sent.length;
        const isFolder = entry.isDirectory();
        if (isFolder && (!verdict.isIgnored || rules.maySendBelow(file.path))) walk(file, verdict, { root, rules, sent });
        const isEmpty = sent.length === before;
        if (verdict.isIgnored && isEmpty) continue;
        sent.push({ ...file, isFolder, isEmpty });
    }
}

function entriesOf(folder: Buffer, isIgnored: boolean): Dirent<Buffer>[] {
    try {
        return readdirSync(folder, { withFileTypes: true, encoding: "buffer" });
    } catch (error) {
        // Files that another user left, such as a database's, are what ignored folders are for.
        if (isIgnored && (error as NodeJS.ErrnoException).code === "EACCES") return [];
        throw error;
    }
}
