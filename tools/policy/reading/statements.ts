import type { Resource } from "../../inventory/resource";
import { UNKNOWN, at, listOf, oneOrMore, parsed } from "../../inventory/inputs";

/** A statement of a policy document, with lists where the document may have one or many. */
export interface Statement {
    readonly effect: unknown;
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    /** Everything but what is named. */
    readonly isInverted: boolean;
    /** `[kind, value]` pairs: `["Service", "ecs-tasks.amazonaws.com"]`, `["*", "*"]`. To allow all but somebody is to allow everybody. */
    readonly principals: readonly (readonly [kind: string, value: string])[];
    /** Keys that some condition demands a value of, such as `aws:SourceAccount`. */
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
            principals: principals(allowsAllBut(statement) ? "*" : at(statement, "Principal")),
            conditionKeys: demandedKeys(at(statement, "Condition")),
            condition: at(statement, "Condition"),
        }));
}

/** What a role's own, inline or managed policy allows. */
export function allowed({ inputs }: Resource): readonly Statement[] {
    const documents = [inputs["policy"], ...listOf(inputs["inlinePolicies"]).map(policy => at(policy, "policy"))];
    return documents.flatMap(statements).filter(({ effect }) => effect === "Allow");
}

/** Whether an action of a statement, which may have wildcards, covers this one. */
export function covers({ actions }: Statement, action: string): boolean {
    return actions.some(pattern => wildcard(pattern).test(action));
}

/** Whether a statement is about what an encryption context names, whichever key that is under. */
export function namesEncryptionContext({ conditionKeys }: Statement): boolean {
    return conditionKeys.some(key => key.startsWith("kms:EncryptionContext:"));
}

/** Conditions that also hold for a request without the key, or for every value but one. */
const DEMANDS_NOTHING = /^(ForAllValues:|Null$)|Not|IfExists$/i;
const ANY_VALUE = /^[*?]*$/;

function demandedKeys(condition: unknown): string[] {
    return Object.entries(record(condition))
        .filter(([operator]) => !DEMANDS_NOTHING.test(operator))
        .flatMap(([, test]) => Object.entries(record(test)))
        .filter(([, values]) => !strings(values).some(value => ANY_VALUE.test(value)))
        .map(([key]) => key);
}

function allowsAllBut(statement: unknown): boolean {
    return at(statement, "Effect") === "Allow" && at(statement, "NotPrincipal") !== undefined;
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
