import { isDeepStrictEqual } from "node:util";
import { fieldsOf, listOf, textOf, texts } from "../inventory/inputs";
import type { Resource } from "../inventory/resource";

/** A preview as `pulumi preview --json --show-sames` tells it, as far as an explanation reads it. */
export interface Preview {
    readonly project: string;
    readonly stack: string;
    readonly steps: readonly Step[];
    /** In the engine's words. */
    readonly errors: readonly string[];
}

/** What the engine would do to one resource. */
export interface Step {
    /** In Pulumi's words: `same`, `create`, `update`, `replace`, `delete`. */
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** URN. */
    readonly parent?: string;
    readonly isComponent: boolean;
    /** Absent for what does not exist yet. */
    readonly before?: State;
    /** Absent for what will not exist any more. */
    readonly after?: State;
    /** Properties that the provider says differ. */
    readonly reasons: readonly string[];
}

export interface State {
    readonly inputs: Fields;
    readonly outputs: Fields;
    /** URNs. */
    readonly dependencies: readonly string[];
    /** The engine only forgets it, and leaves it in the cloud. */
    readonly isRetained: boolean;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Written in place of what is known only during the update (pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go). */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The same for text, numbers, lists and so on. */
const UNKNOWN = new Set([
    UNKNOWN_TEXT,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isUnknown(value: unknown): boolean {
    return typeof value === "string" && UNKNOWN.has(value);
}

/** What exists before the change, as resources. */
export function resourcesBefore({ steps }: Preview): Resource[] {
    return steps.flatMap(({ urn, type, name, parent, isComponent, before }) =>
        before === undefined || type === STACK
            ? []
            : [
                  {
                      urn,
                      type,
                      name,
                      parent,
                      isComponent,
                      inputs: before.inputs,
                      dependencies: before.dependencies,
                      ids: texts([before.outputs["id"], before.outputs["arn"], before.outputs["name"]]),
                  },
              ],
    );
}

/** The parent of every component, and none itself. */
const STACK = "pulumi:pulumi:Stack";

/** What the refresh before a preview reports of itself; the steps after it say what would change. */
const NOT_A_CHANGE = new Set(["refresh", "read", "read-discard", "read-replacement", "discard-replaced"]);

const URN = /^urn:pulumi:(?<stack>[^:]+)::(?<project>[^:]+)::/;

/** @throws TypeError where this is no preview of a stack, with what is missing. */
export function parsePreview(json: unknown): Preview {
    const { steps, diagnostics } = fieldsOf(json);
    if (!Array.isArray(steps) && !Array.isArray(diagnostics)) throw new TypeError("it has neither steps nor diagnostics");
    const parsed = listOf(steps)
        .map(step => parseStep(fieldsOf(step)))
        .filter(({ op }) => !NOT_A_CHANGE.has(op));
    const { stack = "", project = "" } = URN.exec(parsed[0]?.urn ?? "")?.groups ?? {};
    const errors = listOf(diagnostics)
        .map(fieldsOf)
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => textOf(message).trim());
    return { project, stack, steps: parsed, errors };
}

function parseStep({ op, urn, oldState, newState, diffReasons, detailedDiff }: Fields): Step {
    const id = textOf(urn);
    const [, , types = "", name = ""] = id.split("::");
    const known = fieldsOf(newState ?? oldState);
    return {
        op: textOf(op),
        urn: id,
        name,
        type: types.split("$").pop() ?? types,
        parent: typeof known["parent"] === "string" ? known["parent"] : undefined,
        isComponent: known["custom"] !== true,
        before: op === "create" ? undefined : parseState(oldState ?? newState),
        after: op === "delete" ? undefined : parseState(newState),
        reasons: [...new Set([...listOf(diffReasons).map(textOf), ...Object.keys(fieldsOf(detailedDiff)).map(topLevel)])].sort(),
    };
}

function parseState(state: unknown): State | undefined {
    if (state === undefined) return undefined;
    const { inputs, outputs, dependencies, retainOnDelete } = fieldsOf(state);
    return {
        inputs: fieldsOf(inputs),
        outputs: fieldsOf(outputs),
        dependencies: listOf(dependencies).map(textOf),
        isRetained: retainOnDelete === true,
    };
}

/** `networkConfiguration.subnets[0]` is about `networkConfiguration`. */
function topLevel(path: string): string {
    return path.split(/[.[]/, 1)[0] ?? path;
}

/**
 * The inputs that really change. A provider names some that do not, such as a set in which a default is left out: it then says so of every update
 * of that resource, and sends nothing.
 */
export function changedKeys({ before, after, reasons }: Step): readonly string[] {
    if (before === undefined || after === undefined) return [];
    if (reasons.length > 0) return reasons.filter(key => !isUntouched(key, before, after));
    return differingKeys(before.inputs, after.inputs);
}

function isUntouched(key: string, before: State, after: State): boolean {
    if (!(key in after.inputs)) return false;
    return isDeepStrictEqual(before.inputs[key], after.inputs[key]) && covers(before.outputs[key], after.inputs[key]);
}

/** Keys whose values differ, sorted. */
export function differingKeys(before: Fields, after: Fields): string[] {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].filter(key => !isDeepStrictEqual(before[key], after[key])).sort();
}

/** Whether AWS's answer says all that `wanted` says. It fills in defaults, and gives sets in an order of its own. */
function covers(actual: unknown, wanted: unknown): boolean {
    if (Array.isArray(wanted)) {
        const found = listOf(actual);
        return found.length === wanted.length && wanted.every(item => found.some(candidate => covers(candidate, item)));
    }
    if (typeof wanted !== "object" || wanted === null) return actual === wanted;
    return Object.entries(wanted).every(([key, value]) => covers(fieldsOf(actual)[key], value));
}
