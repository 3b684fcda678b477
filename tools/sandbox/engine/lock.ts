import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The holder says that it is at work this often; one that has not for the longer time is taken for dead, whatever now has its pid. In milliseconds. */
const SIGN_OF_LIFE = 5000;
const DEAD_AFTER = 60_000;
const RETRY = 500;

interface Waiting {
    /** Told the pid that holds the lock, whenever it is waited for. */
    readonly onWait?: (pid: number) => void;
    readonly signal?: AbortSignal;
}

/** Does work that one process at a time may do. The lock is a file that names its holder; one of a dead process is taken away. */
export async function withLock<T>(file: string, work: () => Promise<T>, { onWait, signal }: Waiting = {}): Promise<T> {
    while (!take(file)) {
        signal?.throwIfAborted();
        const holder = holderOf(file);
        if (holder === undefined || isDead(file, holder)) takeAway(file, holder);
        else {
            onWait?.(holder);
            await sleep(RETRY, undefined, { signal });
        }
    }
    // After a machine's sleep another may have taken the lock over.
    const isMine = () => holderOf(file) === process.pid;
    const timer = setInterval(() => isMine() && utimesSync(file, new Date(), new Date()), SIGN_OF_LIFE);
    try {
        return await work();
    } finally {
        clearInterval(timer);
        if (isMine()) rmSync(file, { force: true });
    }
}

/** Written elsewhere and linked into place, the file is never there without its holder. */
function take(file: string): boolean {
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, String(process.pid));
    try {
        linkSync(mine, file);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    } finally {
        rmSync(mine, { force: true });
    }
}

function holderOf(file: string): number | undefined {
    try {
        return Number(readFileSync(file, "utf8"));
    } catch {
        return undefined;
    }
}

function isDead(file: string, pid: number): boolean {
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
    return Date.now() - mtimeMs > DEAD_AFTER || !isAlive(pid);
}

export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch (error) {
        // Somebody else's process lives, too.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
    return !isZombie(pid);
}

/** Dead, and never asked after: in a container whose first process is no init, a killed command's children stay so for good. */
function isZombie(pid: number): boolean {
    try {
        const [, state] = /\) (\w) [^)]*$/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return state === "Z";
    } catch {
        return false;
    }
}

/** Another process may have taken the dead one's away already, and hold a lock of its own here: that is put back. */
function takeAway(file: string, dead: number | undefined): void {
    const aside = `${file}.${process.pid}.dead`;
    try {
        renameSync(file, aside);
        if (holderOf(aside) !== dead) linkSync(aside, file);
    } catch {
        return;
    } finally {
        rmSync(aside, { force: true });
    }
}
