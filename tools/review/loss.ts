import { TYPES } from "../inventory/types";
import { says } from "../inventory/types/row";
import { Step, changedKeys } from "../deployed/preview";

/** Something that a change replaces or deletes. */
export interface Loss {
    readonly op: "replace" | "delete";
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What goes with it: `all log lines in`. */
    readonly lost: string;
    /** Its name or address, where that says more: `fargate-dev-web`. */
    readonly of?: string;
    /** Properties that a new one is needed for; none where it is only deleted. */
    readonly reasons: readonly string[];
    /** Taking the change back does not bring it back. */
    readonly isForGood: boolean;
}

/** What the engine's configuration of a provider is: no resource. */
const PROVIDER = /^pulumi:/;

const NOTHING_NEW = says("nothing that the new one does not have");

/** What a step takes away; undefined where it takes nothing. */
export function lossOf(step: Step): Loss | undefined {
    const { op, urn, type, name, isComponent, before } = step;
    if (isComponent || before === undefined || PROVIDER.test(type)) return undefined;
    if (op !== "replace" && op !== "delete") return undefined;
    const loss = TYPES.get(type)?.loss;
    const own = { op, urn, type, name, reasons: op === "replace" ? changedKeys(step) : [] } as const;
    if (before.isRetained) return { ...own, lost: "nothing: it is only forgotten, and stays in the cloud", isForGood: false };
    if (loss === undefined) return { ...own, lost: "nobody has said what goes with it", isForGood: true };
    const { isForGood, told, replaced = isForGood ? told : NOTHING_NEW } = loss;
    return { ...own, ...(op === "replace" ? replaced : told)(before), isForGood };
}
