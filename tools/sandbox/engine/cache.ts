import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { isAlive, withLock } from "./lock";

/** An entry that nobody has used for so long goes when its successor comes, in milliseconds. */
const UNUSED = 30 * 86_400_000;

/** Outside of the clone, and shared by all clones. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
    const { XDG_CACHE_HOME: configured = "" } = environment;
    return path.join(path.isAbsolute(configured) ? configured : path.join(homedir(), ".cache"), "fargate-engine");
}

/** What is kept in the cache: a folder of its own for each stamp, so that clones with other sources have theirs beside it. */
export interface Entry {
    readonly name: string;
    /** Of everything that decides on the content. */
    readonly stamp: string;
}

export interface Making {
    readonly cache: string;
    readonly onWait?: (pid: number) => void;
    readonly signal?: AbortSignal;
}

/** The folder of an entry that exists. */
export function find(cache: string, { name, stamp }: Entry): string | undefined {
    const folder = path.join(cache, `${name}-${stamp}`);
    if (!existsSync(folder)) return undefined;
    utimesSync(folder, new Date(), new Date());
    return folder;
}

/**
 * The folder of an entry, which `make` fills where it does not exist. It appears whole or not at all.
 *
 * @throws what `make` throws
 */
export async function findOrMake(entry: Entry, make: (folder: string) => Promise<void>, options: Making): Promise<string> {
    const { cache } = options;
    const found = find(cache, entry);
    if (found !== undefined) return found;
    mkdirSync(cache, { recursive: true });
    const folder = path.join(cache, `${entry.name}-${entry.stamp}`);
    return withLock(`${folder}.lock`, async () => find(cache, entry) ?? makeEntry(entry, folder, make, cache), options);
}

async function makeEntry(entry: Entry, folder: string, make: (folder: string) => Promise<void>, cache: string): Promise<string> {
    removeOld(cache, entry);
    const aside = `${folder}.partial-${process.pid}`;
    mkdirSync(aside);
    try {
        await make(aside);
        renameSync(aside, folder);
    } finally {
        rmSync(aside, { recursive: true, force: true });
    }
    return folder;
}

/** What nobody has used for long, and what a killed command left half done. */
function removeOld(cache: string, { name }: Entry): void {
    const whole = new RegExp(`^${name}-[0-9a-f]+$`);
    const partial = new RegExp(`^${name}-[0-9a-f]+\\.partial-(\\d+)$`);
    for (const other of readdirSync(cache)) {
        const folder = path.join(cache, other);
        const maker = partial.exec(other)?.[1];
        const isOld = whole.test(other) && Date.now() - statSync(folder).mtimeMs > UNUSED;
        if (isOld || (maker !== undefined && !isAlive(Number(maker)))) rmSync(folder, { recursive: true, force: true });
    }
}
