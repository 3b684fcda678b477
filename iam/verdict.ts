import type { PolicyDocument } from "./documents";

/** What a policy says of an action on a resource: allowed as a whole, denied as a whole, or neither. */
export type Verdict = "allowed" | "denied" | "not named";

/** Action and resource may be patterns: then of all that they stand for. Statements with conditions are passed over. */
export function verdict({ Statement }: PolicyDocument, action: string, resource: string): Verdict {
    const says = (effect: "Allow" | "Deny") =>
        Statement.some(
            ({ Effect, Condition, Action, Resource = [] }) =>
                Effect === effect &&
                Condition === undefined &&
                Action.some(pattern => covers(pattern.toLowerCase(), action.toLowerCase())) &&
                Resource.some(pattern => covers(pattern, resource)),
        );
    if (says("Deny")) return "denied";
    return says("Allow") ? "allowed" : "not named";
}

/** Whether one pattern matches all that another stands for: an asterisk of the other is matched by an asterisk alone. */
function covers(outer: string, inner: string): boolean {
    const source = outer
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", "[^*]");
    return new RegExp(`^${source}$`).test(inner);
}
