import type { Resource } from "./resource";
import { UNKNOWN, at, items, oneOrMore, parsed } from "./values";

/** A statement of a policy document, with lists where the document may have one or many. */
export interface Statement {
    readonly effect: unknown;
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    /** Everything but what is named. */
    readonly isInverted: boolean;
    /** `[kind, value]` pairs: `["Service", "ecs-tasks.amazonaws.com"]`, `["*", "*"]`. */
    readonly principals: readonly (readonly [kind: string, value: string])[];
    /** Keys of all conditions, such as `aws:SourceAccount`. */
    readonly conditionKeys: readonly string[];
    readonly condition: unknown;
}

/** The statements of a document, as text or as data; none while it is unknown. */
export function statements(document: unknown): readonly Statement[] {
    return oneOrMore(at(parsed(document), "Statement"))
        .filter(statement => statement !== UNKNOWN)
        .map(statement => ({
            effect: at(statement, "Effect"),
            actions: strings(at(statement, "Action")),
            resources: strings(at(statement, "Resource")),
            isInverted: at(statement, "NotAction") !== undefined || at(statement, "NotResource") !== undefined,
            principals: principals(at(statement, "Principal")),
            conditionKeys: Object.values(record(at(statement, "Condition"))).flatMap(test => Object.keys(record(test))),
            condition: at(statement, "Condition"),
        }));
}

/** What a role's own, inline or managed policy allows. */
export function allowed({ inputs }: Resource): readonly Statement[] {
    const documents = [inputs["policy"], ...items(inputs["inlinePolicies"]).map(policy => at(policy, "policy"))];
    return documents.flatMap(statements).filter(({ effect }) => effect === "Allow");
}

/** Whether an action of a statement, which may have wildcards, covers this one. */
export function covers({ actions }: Statement, action: string): boolean {
    return actions.some(pattern => wildcard(pattern).test(action));
}

function wildcard(pattern: string): RegExp {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}

function principals(principal: unknown): [string, string][] {
    if (typeof principal === "string") return [[principal, principal]];
    return Object.entries(record(principal)).flatMap(([kind, value]) =>
        strings(value).map((name): [string, string] => [kind, name]),
    );
}

function strings(value: unknown): string[] {
    return oneOrMore(value).filter(item => typeof item === "string");
}

function record(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
