import { AWS_LIMIT } from "../model/limits";
import { PolicyDocument, Statement, policy } from "./documents";

/** How a role carries what it may do: in one policy inside of it, or in managed ones that are attached. */
export interface Packed<Text> {
    readonly form: "inline" | "managed";
    readonly documents: readonly PolicyDocument<Text>[];
}

/** An update puts a role's new policies beside the old ones, which running tasks and a rollback need: half of what a role can carry is one set's. */
export const INLINE_ROOM = AWS_LIMIT.inlinePolicies / 2;
export const MANAGED_ROOM = AWS_LIMIT.managedPolicies / 2;

/** What a role of a stack's tasks carries: one inline policy, or where that has no room, as few managed ones as hold it. */
export function carried<Text>(document: PolicyDocument<Text>, sizeOf: SizeOf = policySize): Packed<Text> {
    if (sizeOf(document) <= INLINE_ROOM) return { form: "inline", documents: [document] };
    return { form: "managed", documents: packed(document.Statement, sizeOf) };
}

/** Whether AWS takes them all, with old and new ones side by side. */
export function isCarried({ form, documents }: Packed<string>): boolean {
    if (form === "inline") return true;
    return documents.length <= MANAGED_ROOM && documents.every(document => policySize(document) <= AWS_LIMIT.managedPolicy);
}

type SizeOf = (document: PolicyDocument<unknown>) => number;

/** Characters that AWS counts. What is not known yet counts as much as `unknown`. */
export function policySize(document: PolicyDocument<unknown>, unknown = ""): number {
    const Statement = document.Statement.map(({ Resource, ...statement }) => ({
        ...statement,
        ...(Resource && { Resource: Resource.map(resource => (typeof resource === "string" ? resource : unknown)) }),
    }));
    return JSON.stringify({ ...document, Statement }).length;
}

/** The statements in managed policies, in their order. One that is too large for a policy is cut; one that cannot be cut has a policy of its own. */
export function packed<Text>(statements: readonly Statement<Text>[], sizeOf: SizeOf = policySize): PolicyDocument<Text>[] {
    const fits = (list: readonly Statement<Text>[]) => sizeOf(policy(...list)) <= AWS_LIMIT.managedPolicy;
    const groups = statements.reduce<Statement<Text>[][]>(
        (done, statement) => [...done.slice(0, -1), ...added(done.at(-1) ?? [], statement)],
        [],
    );
    return groups.map(group => policy(...group));

    /** What becomes of the last group when a statement comes to it. */
    function added(last: Statement<Text>[], statement: Statement<Text>): Statement<Text>[][] {
        if (fits([...last, statement])) return [[...last, statement]];
        const before = last.length === 0 ? [] : [last];
        if (fits([statement])) return [...before, [statement]];
        const [head, tail] = cut(statement, part => fits([...last, part]));
        if (head !== undefined && tail !== undefined) return [[...last, head], ...added([], tail)];
        return last.length === 0 ? [[statement]] : [last, ...added([], statement)];
    }
}

/** As much of a statement as fits, and the rest: about several actions, resources or values it says what two statements say about some of them each. */
function cut<Text>(statement: Statement<Text>, fits: (part: Statement<Text>) => boolean): (Statement<Text> | undefined)[] {
    const [longest] = listsOf(statement).sort((a, b) => b.length - a.length);
    if (longest === undefined) return [];
    for (let count = longest.length - 1; count > 0; count -= 1)
        if (fits(longest.part(0, count))) return [longest.part(0, count), longest.part(count)];
    return [];
}

/** A list in a statement, and the statement with a part of it. Of conditions only plain equality: `ForAllValues` needs all of its values at once. */
interface List<Text> {
    readonly length: number;
    readonly part: (start: number, end?: number) => Statement<Text>;
}

function listsOf<Text>(statement: Statement<Text>): List<Text>[] {
    const { Action, Resource = [], Condition } = statement;
    const equals = Condition?.["StringEquals"] ?? {};
    return [
        { length: Action.length, part: (...range) => ({ ...statement, Action: Action.slice(...range) }) },
        { length: Resource.length, part: (...range) => ({ ...statement, Resource: Resource.slice(...range) }) },
        ...Object.entries(equals).flatMap(([key, values]): List<Text>[] => {
            if (typeof values === "string") return [];
            const withValues = (some: readonly string[]) => ({ ...Condition, StringEquals: { ...equals, [key]: some } });
            return [
                { length: values.length, part: (...range) => ({ ...statement, Condition: withValues(values.slice(...range)) }) },
            ];
        }),
    ];
}
