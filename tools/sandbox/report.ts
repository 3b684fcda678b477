import { colours as pc } from "../cli/colours";
import { shortType } from "../inventory/resource";
import type { Lacking } from "./emulator";
import type { Operations } from "./operations";

const SIGNS: Readonly<Record<string, string>> = {
    create: pc.green("+"),
    delete: pc.red("-"),
    update: pc.yellow("~"),
    replace: pc.magenta("±"),
};

/** A line for each change, aligned; what only groups or configures is dimmed, and counted beside what is in the cloud. */
export function describeChanges(operations: Operations): string {
    const { changes, unchanged } = operations;
    if (changes.length === 0) return `No changes: ${unchanged} ${unchanged === 1 ? "resource is" : "resources are"} as declared.`;
    const rows = changes.map(change => ({ ...change, type: shortType(change.type) }));
    const typeWidth = Math.max(...rows.map(({ type }) => type.length));
    const nameWidth = Math.max(...rows.map(({ name }) => name.length));
    const lines = rows.map(({ op, type, name, properties, isReal }) => {
        const what = op === "update" || op === "replace" ? properties.join(", ") : "";
        const line = `${op.padEnd(7)}  ${type.padEnd(typeWidth)}  ${name.padEnd(nameWidth)}  ${what}`.trimEnd();
        return `  ${SIGNS[op] ?? "·"} ${isReal ? line : pc.dim(line)}`;
    });
    const groups = changes.filter(({ isReal }) => !isReal).length;
    const beside =
        groups === 0 ? "" : `; ${groups} with them that only ${groups === 1 ? "groups or configures" : "group or configure"}`;
    return [...lines, "", `${counts(operations, op => `to ${op}`)}${beside}.`].join("\n");
}

const DONE: Readonly<Record<string, string>> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
};

/** `3 created, 1 updated, 40 unchanged`: resources in the cloud. */
export function countByOperation(operations: Operations): string {
    return counts(operations, op => DONE[op] ?? op);
}

function counts({ changes, unchanged }: Operations, worded: (op: string) => string): string {
    const numbers = new Map<string, number>();
    for (const { op, isReal } of changes) if (isReal) numbers.set(op, (numbers.get(op) ?? 0) + 1);
    return [...[...numbers].map(([op, count]) => `${count} ${worded(op)}`), `${unchanged} unchanged`].join(", ");
}

/** What an update may have failed by, a line each. @param before what was lacking when it began */
export function describeLacking(before: readonly Lacking[], after: readonly Lacking[]): string[] {
    const countBefore = ({ service, operation }: Lacking) =>
        before.find(other => other.service === service && other.operation === operation)?.count ?? 0;
    return after
        .filter(lacking => lacking.count > countBefore(lacking))
        .map(({ service, operation, why }) => {
            const reason = why === "" ? "" : ` (${why.replace(/\.$/, "")})`;
            return `The emulator lacks ${service}:${operation}${reason}; this says nothing about AWS.`;
        });
}

/** Outputs as aligned `key  value` lines; maps by service are indented. */
export function describeOutputs(outputs: Readonly<Record<string, unknown>>): string {
    const rows = Object.entries(outputs).flatMap(([key, value]): [string, string][] =>
        typeof value === "object" && value !== null
            ? Object.entries(value).map(([inner, text]) => [`${key}.${inner}`, String(text)])
            : [[key, String(value)]],
    );
    const width = Math.max(0, ...rows.map(([key]) => key.length));
    return rows.map(([key, value]) => `  ${pc.dim(key.padEnd(width))}  ${value}`).join("\n");
}
