import { looksSecret } from "../model/plain-secrets";
import { HIDDEN, Problem, show, valueAt } from "./problems";
import type { Altered } from "./yaml";

/**
 * What is said of scalars that the engine's reader made something else of. `values` is what the program is handed, `parsed` what the settings make
 * of it: where a number is wanted, 1.50 is 1.5 and nothing is lost; where text is, it is.
 */
export function withAltered(
    problems: readonly Problem[],
    altered: readonly Altered[],
    values: unknown,
    parsed: unknown,
): readonly Problem[] {
    const shown = altered.filter(({ path, is, sent }) => {
        const value = valueAt(values, path);
        return is === "key" ? value !== undefined : String(value) === sent;
    });
    const isAt = (problem: Problem, one: Altered) => problem.path.join("\n") === one.path.join("\n");
    const told = problems.map(problem => {
        const one = shown.find(candidate => candidate.is === "value" && isAt(problem, candidate));
        if (one === undefined) return problem;
        return { ...problem, found: foundOf(one), allowed: `${problem.allowed}; as text in quotes: ${quoted(one)}` };
    });
    const lost = shown.filter(one => isLost(one, valueAt(parsed, one.path)) && !told.some(problem => isAt(problem, one)));
    return [...told, ...lost.map(one => ({ path: one.path, found: foundOf(one), allowed: allowedOf(one) }))];
}

function isLost({ is, written }: Altered, value: unknown): boolean {
    if (is === "key") return true;
    if (typeof value === "number") return Number(written) !== value;
    if (typeof value === "boolean") return written.toLowerCase() !== String(value);
    return value !== written;
}

function foundOf(one: Altered): string {
    if (isHidden(one)) return HIDDEN;
    return `${one.is === "key" ? "the name " : ""}${show(one.written)}, which reaches the program as ${show(one.sent)}`;
}

function allowedOf(one: Altered): string {
    const text = `put it in quotes where it is text: ${quoted(one)}`;
    const isDate = one.sent.includes(":");
    return one.is === "key" || isDate || isHidden(one)
        ? text.replace(" where it is text", "")
        : `${text}; otherwise write ${one.sent}`;
}

function quoted(one: Altered): string {
    return isHidden(one) ? '"…"' : `"${show(one.written)}"`;
}

/** A number may be a password. */
function isHidden({ path, is }: Altered): boolean {
    return is === "value" && (path.includes("secrets") || looksSecret(path[path.length - 1] ?? "", "text"));
}
