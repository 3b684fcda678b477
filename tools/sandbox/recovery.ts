import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { UserError } from "../cli/user-error";
import { isInCloud } from "./operations";

/** What a deployment holds, as far as it is read here. */
interface Deployed {
    readonly resources?: readonly { readonly type: string; readonly custom?: boolean }[];
    readonly pending_operations?: readonly unknown[];
}

interface Recovery {
    readonly folder: string;
    readonly project: string;
    readonly stack: Stack;
    readonly onOutput: (text: string) => void;
}

/**
 * Puts right what a killed command left: its lock is taken away, and what it had begun is looked at anew. The sandbox owns its state, so that nobody
 * else can be in the middle of it.
 *
 * @returns what was done, in one line; undefined where there was nothing to do
 * @throws UserError where a living process holds the lock
 */
export async function recover({ folder, project, stack, onOutput }: Recovery): Promise<string | undefined> {
    const locks = takeAwayLocks(path.join(folder, "state", ".pulumi", "locks", "organization", project, stack.name));
    const pending = (await deployed(stack)).pending_operations?.length ?? 0;
    if (pending > 0) await stack.refresh({ onOutput, clearPendingCreates: true });
    if (locks === 0 && pending === 0) return undefined;
    const looked =
        pending === 0 ? "" : `, and ${pending === 1 ? "1 resource" : `${pending} resources`} in the making looked at anew`;
    return `  ${stack.name} was left in the middle by a command that was killed: its lock is taken away${looked}`;
}

/** Resources in the cloud that the state holds. */
export async function deployedCount(stack: Stack): Promise<number> {
    const { resources = [] } = await deployed(stack);
    return resources.filter(({ type, custom }) => isInCloud(type, custom)).length;
}

async function deployed(stack: Stack): Promise<Deployed> {
    return ((await stack.exportStack()).deployment ?? {}) as Deployed;
}

/** Removes the locks of processes that are gone, and counts them. */
function takeAwayLocks(folder: string): number {
    if (!existsSync(folder)) return 0;
    const locks = readdirSync(folder).filter(name => name.endsWith(".json"));
    for (const name of locks) {
        const { pid, timestamp } = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as {
            pid: number;
            timestamp: string;
        };
        const command = commandOf(pid);
        if (command !== undefined)
            throw new UserError(
                `Another command is at this stack since ${timestamp}: process ${pid}, ${command}. Next: wait until it has ended, or end it with Ctrl-C.`,
            );
        rmSync(path.join(folder, name), { force: true });
    }
    return locks.length;
}

/** What a living process was started as; undefined where there is none. */
function commandOf(pid: number): string | undefined {
    try {
        process.kill(pid, 0);
    } catch (error) {
        // Somebody else's process lives, too.
        if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
    }
    const file = `/proc/${pid}/cmdline`;
    const words = existsSync(file) ? readFileSync(file, "utf8").split("\0").slice(0, 2) : [];
    return words.length === 0
        ? "a pulumi"
        : words
              .map(word => path.basename(word))
              .join(" ")
              .trim();
}
