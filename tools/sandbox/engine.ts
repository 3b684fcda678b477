import { UserError } from "../cli/user-error";
import { builtHere } from "./engine/built";
import { downloaded, fromPath } from "./engine/published";
import { Engine, NoWay, Wishes } from "./engine/way";

export type { Engine };

/** The engine, or one of its plugins, is neither here nor to be had. */
export class NoEngine extends UserError {}

/** A way to an engine. */
export interface Way {
    readonly name: string;
    /** @throws NoWay where it leads nowhere */
    readonly find: (wishes: Wishes) => Promise<Engine>;
}

/** The ways to an engine, the one that proves most first; see docs/sandbox.md. */
const WAYS: readonly Way[] = [
    { name: "the pulumi on the PATH", find: fromPath },
    { name: "a download of Pulumi", find: downloaded },
    { name: "built here from Go and npm modules", find: builtHere },
];

const WHAT_TO_INSTALL =
    "Next: install Pulumi, https://www.pulumi.com/docs/install/; or, where only package registries are reached, Go 1.26 or newer and Terraform's AWS provider 5.";

/**
 * An engine by the first way that leads to one.
 *
 * @throws NoEngine with a line for each way, and what to install
 */
export async function findEngine(folder: string, tell: Wishes["tell"], more: Partial<Wishes> = {}, ways = WAYS): Promise<Engine> {
    const reasons: string[] = [];
    for (const { name, find } of ways) {
        try {
            return await find({ done: () => undefined, ...more, folder, tell });
        } catch (error) {
            if (!(error instanceof NoWay)) throw error;
            reasons.push(`  ${name}: ${error.message}`);
        }
    }
    throw new NoEngine(["There is no Pulumi engine for the sandbox:", ...reasons, WHAT_TO_INSTALL].join("\n"));
}

const NO_PLUGIN = /(could not|failed to) (load|download|install|find|get) .*plugin|no resource plugin/i;

/** A failed update that failed for want of a plugin. */
export function asNoEngine(error: unknown): unknown {
    const line = String(error)
        .split("\n")
        .find(candidate => NO_PLUGIN.test(candidate));
    return line === undefined ? error : new NoEngine(`A Pulumi plugin is missing: ${line.trim()}\n${WHAT_TO_INSTALL}`);
}
