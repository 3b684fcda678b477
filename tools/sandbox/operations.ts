import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Progress } from "../cli/progress";
import { duration } from "../cli/progress";
import { shortType } from "../inventory/resource";

/** One thing that the engine does, or would do, to a resource. */
export interface Operation {
    /** In Pulumi's words: create, update, replace, delete, … */
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Properties that differ. */
    readonly properties: readonly string[];
    /** Something in the cloud; a component only groups, and a provider only configures. */
    readonly isReal: boolean;
}

/** What a run amounted to. */
export interface Operations {
    /** Everything but what stays as it is; a replacement once. */
    readonly changes: Operation[];
    /** Real resources that stay as they are. */
    unchanged: number;
    /** Errors in the engine's words. */
    readonly errors: string[];
}

/** Steps that are no change, or that are parts of a replacement. */
const NO_CHANGE = new Set([
    "same",
    "read",
    "refresh",
    "read-discard",
    "discard-replaced",
    "remove-pending-replace",
    "create-replacement",
    "delete-replaced",
    "read-replacement",
]);

/** An operation that took longer than this is worth a line of its own, in milliseconds. */
const SLOW = 10_000;

/** Collects what the engine reports, and shows it while it happens. @param total how many resources there are to go through, once it is known */
export function collect(
    progress: Progress,
    total?: () => number | undefined,
): { operations: Operations; onEvent: (event: EngineEvent) => void } {
    const operations: Operations = { changes: [], unchanged: 0, errors: [] };
    const running = new Map<string, { label: string; since: number }>();
    let done = 0;
    const now = () => {
        const [oldest] = running.values();
        const all = total?.();
        const count = all === undefined || done > all ? `${done} done` : `${done} of ${all}`;
        return oldest === undefined ? count : `${count}  ${oldest.label} (${duration(Date.now() - oldest.since)})`;
    };
    const onEvent = ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }: EngineEvent) => {
        if (diagnosticEvent?.severity === "error") operations.errors.push(plain(diagnosticEvent.message));
        if (resourcePreEvent !== undefined) {
            progress.now(now);
            const { op, urn, type, diffs, detailedDiff, new: next, old } = resourcePreEvent.metadata;
            const isReal = isInCloud(type, (next ?? old)?.custom);
            const name = urn.split("::").pop() ?? urn;
            const properties = Object.keys(detailedDiff ?? {}).length > 0 ? Object.keys(detailedDiff ?? {}) : (diffs ?? []);
            if (isDefaultProvider(type, name)) return;
            if (op === "same") operations.unchanged += isReal ? 1 : 0;
            else if (!NO_CHANGE.has(op)) operations.changes.push({ op, urn, type, name, properties, isReal });
            if (isReal && op !== "same") running.set(urn, { label: `${shortType(type)} ${name}`, since: Date.now() });
        }
        if (resOutputsEvent !== undefined) {
            const { urn, type, new: next, old } = resOutputsEvent.metadata;
            const task = running.get(urn);
            running.delete(urn);
            if (isInCloud(type, (next ?? old)?.custom)) done++;
            if (task !== undefined && Date.now() - task.since > SLOW)
                progress.line(`  ${task.label} took ${duration(Date.now() - task.since)}`);
        }
    };
    return { operations, onEvent };
}

/** A component only groups, and a provider only configures. */
export function isInCloud(type: string, isCustom: boolean | undefined): boolean {
    return isCustom === true && !type.startsWith("pulumi:");
}

/** Of a package, made by the engine itself, which does not show it either. */
function isDefaultProvider(type: string, name: string): boolean {
    return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(name);
}

/** The engine's colour marks, such as `<{%reset%}>`, are for its own terminal. */
function plain(message: string): string {
    return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
