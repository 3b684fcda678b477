import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { UserError } from "../cli/user-error";
import { Emulator, Existing, findEmulator, startEmulator } from "./emulator";
import { isAlive, withLock } from "./engine/lock";
import { isInCloud } from "./operations";
import { dropState, stacksInState } from "./workspace";

/** What a deployment holds, as far as it is read here. */
interface Deployed {
    readonly resources?: readonly { readonly type: string; readonly custom?: boolean }[];
    readonly pending_operations?: readonly PendingOperation[];
}

/** What a command had begun and not heard the end of. */
interface PendingOperation {
    readonly type: string;
    readonly resource: { readonly type: string; readonly inputs?: { readonly name?: unknown } };
}

interface Recovery {
    readonly folder: string;
    readonly project: string;
    readonly stack: Stack;
    readonly emulator: Pick<Emulator, "resources" | "remove">;
    readonly onOutput: (text: string) => void;
}

/**
 * Puts right what a killed command left: its lock is taken away, and what it had begun is looked at anew. The sandbox owns its state, so that nobody
 * else can be in the middle of it.
 *
 * @returns what was done, in one line; undefined where there was nothing to do
 * @throws UserError where a living process holds the lock
 */
export async function recover({ folder, project, stack, emulator, onOutput }: Recovery): Promise<string | undefined> {
    const locks = takeAway(locksOf(folder, project, stack.name));
    const { pending_operations: pending = [] } = await deployed(stack);
    if (pending.length > 0) {
        await emulator.remove(unheardOf(pending, await emulator.resources()));
        await stack.refresh({ onOutput, clearPendingCreates: true });
    }
    const done = [
        ...(locks === 0 ? [] : ["its lock is taken away"]),
        ...(pending.length === 0
            ? []
            : [`${pending.length === 1 ? "1 resource" : `${pending.length} resources`} in the making looked at anew`]),
    ];
    if (done.length === 0) return undefined;
    return `  ${stack.name} was left in the middle by a command that was killed: ${done.join(", and ")}`;
}

/** What was made and is in no state: under its name it would be in the way of the next update. What has no name of its own is in nobody's way. */
function unheardOf(pending: readonly PendingOperation[], existing: readonly Existing[]): Existing[] {
    return pending
        .filter(({ type }) => type === "creating")
        .flatMap(({ resource }) => {
            const { name } = resource.inputs ?? {};
            // `aws:iam/rolePolicy:RolePolicy` is a role-policy.
            const kind = (resource.type.split(":").pop() ?? "").replaceAll(/(?!^)([A-Z])/g, "-$1").toLowerCase();
            return existing.filter(
                ({ type, id }) =>
                    type === kind && typeof name === "string" && `/${id.split(":").pop() ?? ""}/`.includes(`/${name}/`),
            );
        });
}

/** The emulator that runs already, or a new one; what a dead one held is gone, and so is the state that describes it. */
export async function emulatorFor(folder: string, tell: (what: string) => void, line: (text: string) => void): Promise<Emulator> {
    // Two commands at once would start one each.
    return withLock(path.join(folder, "emulator.lock"), async () => {
        const running = await findEmulator(folder);
        if (running !== undefined) return running;
        const lost = stacksInState(folder);
        if (lost.length > 0)
            line(`  The emulator has died, and with it what ${lost.join(" and ")} had in it: the sandbox starts anew`);
        dropState(folder);
        return startEmulator(folder, tell);
    });
}

/** Where the emulator has died, all is destroyed already. @returns that, in one line; undefined where it lives */
export async function destroyedAlready(folder: string, name: string): Promise<string | undefined> {
    if ((await findEmulator(folder)) !== undefined) return undefined;
    const lost = stacksInState(folder);
    if (lost.length === 0) throw new UserError("There is nothing to destroy: the sandbox is not up.");
    dropState(folder);
    return `${name} is gone: the emulator has died, and with it what ${lost.join(" and ")} had in it. The state is dropped.`;
}

/** Resources in the cloud that the state holds. */
export async function deployedCount(stack: Stack): Promise<number> {
    const { resources = [] } = await deployed(stack);
    return resources.filter(({ type, custom }) => isInCloud(type, custom)).length;
}

async function deployed(stack: Stack): Promise<Deployed> {
    return ((await stack.exportStack()).deployment ?? {}) as Deployed;
}

/** A lock that a command took, and perhaps left. */
interface Lock {
    readonly file: string;
    readonly pid: number;
    readonly timestamp: string;
    /** What holds it; undefined where that is gone. */
    readonly command?: string;
}

function locksOf(folder: string, project: string, stack: string): Lock[] {
    const locks = path.join(folder, "state", ".pulumi", "locks", "organization", project, stack);
    if (!existsSync(locks)) return [];
    return readdirSync(locks)
        .filter(name => name.endsWith(".json"))
        .map(name => {
            const file = path.join(locks, name);
            const { pid, timestamp } = JSON.parse(readFileSync(file, "utf8")) as { pid: number; timestamp: string };
            return { file, pid, timestamp, command: commandOf(pid) };
        });
}

/** Whether a command is at a stack. */
export function isBusy(folder: string, project: string, stack: string): boolean {
    return locksOf(folder, project, stack).some(({ command }) => command !== undefined);
}

/** Removes the locks of processes that are gone, and counts them. */
function takeAway(locks: readonly Lock[]): number {
    for (const { file, pid, timestamp, command } of locks) {
        if (command !== undefined)
            throw new UserError(
                `Another command is at this stack since ${timestamp}: process ${pid}, ${command}. Next: wait until it has ended, or end it with Ctrl-C.`,
            );
        rmSync(file, { force: true });
    }
    return locks.length;
}

/** What a living `pulumi` was started as; undefined where the pid is nobody's, or by now somebody else's. */
function commandOf(pid: number): string | undefined {
    if (!isAlive(pid)) return undefined;
    const file = `/proc/${pid}/cmdline`;
    if (!existsSync(file)) return "a pulumi";
    const words = readFileSync(file, "utf8")
        .split("\0")
        .slice(0, 2)
        .map(word => path.basename(word));
    return words[0]?.startsWith("pulumi") ? words.join(" ").trim() : undefined;
}
