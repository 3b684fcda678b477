import type { PolicyDocument, Statement } from "../../iam/documents";

/** One request, as AWS authorizes it: on every resource that it touches. */
export interface Request {
    readonly action: string;
    /** Each with the context that holds for it alone, such as its tags. */
    readonly resources: readonly Target[];
    /** Condition keys that hold for the request as a whole. */
    readonly context?: Context;
}

export interface Target {
    readonly arn: string;
    readonly context?: Context;
}

export type Context = Readonly<Record<string, string | readonly string[]>>;

/** What holds for a role: all its policies together, and the boundary if it has one. */
export interface Policies {
    readonly identity: readonly PolicyDocument[];
    readonly boundary?: PolicyDocument;
}

/**
 * Whether IAM would allow a request within one account ("Policy evaluation logic", IAM user guide): nothing denies it, and both the identity's
 * policies and its boundary allow it, on each resource.
 *
 * @throws RangeError for anything in a policy that is not understood here: a guess could call a hole safe.
 */
export function isAllowed({ identity, boundary }: Policies, request: Request): boolean {
    if (request.resources.length === 0) throw new RangeError(`${request.action}: a request touches one resource at least`);
    return request.resources.every(target => {
        const applies = (effect: Statement["Effect"]) => (document: PolicyDocument) =>
            document.Statement.some(statement => statement.Effect === effect && matches(statement, request, target));
        const all = boundary === undefined ? identity : [...identity, boundary];
        return (
            !all.some(applies("Deny")) &&
            identity.some(applies("Allow")) &&
            (boundary === undefined || applies("Allow")(boundary))
        );
    });
}

const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

function matches(statement: Statement, request: Request, target: Target): boolean {
    const unknown = Object.keys(statement).filter(element => !ELEMENTS.includes(element));
    if (unknown.length > 0) throw new RangeError(`unknown policy element ${unknown.join(", ")}`);
    const context = lowerKeys({ ...request.context, ...target.context });
    return (
        // A trust policy has principals and no resources; who asks is told in the context.
        (statement.Principal === undefined || statement.Principal === "*" || isPrincipal(statement.Principal, context)) &&
        statement.Action.some(pattern => isLike(request.action.toLowerCase(), pattern.toLowerCase())) &&
        (statement.Resource === undefined || statement.Resource.some(pattern => isLike(target.arn, noVariable(pattern)))) &&
        Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, context))
    );
}

/** Key of the context that holds the ARN of the identity provider that vouches for the caller. */
export const FEDERATED = "test:federated";

function isPrincipal(principal: Readonly<Record<string, string | readonly string[]>>, context: Context): boolean {
    const [[kind, arn] = [], ...others] = Object.entries(principal);
    if (kind !== "Federated" || others.length > 0) throw new RangeError(`unknown principal ${JSON.stringify(principal)}`);
    return context[FEDERATED] === arn;
}

type Values = readonly string[];
type Compare = (actual: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
    StringEquals: (actual, wanted) => actual === wanted,
    StringNotEquals: (actual, wanted) => actual !== wanted,
    StringLike: isLike,
    ArnLike: (actual, wanted) => {
        const parts = wanted.split(":");
        const own = actual.split(":");
        // The first five colons are the ARN's own, and an asterisk does not reach over them.
        return parts.length >= 6 && parts.slice(0, 5).every((part, index) => isLike(own[index] ?? "", part))
            ? isLike(own.slice(5).join(":"), parts.slice(5).join(":"))
            : false;
    },
    Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
};

/** All keys of an operator have to hold; one of a key's values is enough. */
function holds(operator: string, keys: Readonly<Record<string, string | Values>>, context: Context): boolean {
    return Object.entries(keys).every(([key, given]) => {
        const wanted = list(given).map(noVariable);
        const value = context[key.toLowerCase()];
        const actual = value === undefined ? undefined : list(value);
        if (operator === "Null") return wanted.includes(String(actual === undefined));

        const [quantifier, name = ""] = operator.includes(":") ? operator.split(":", 2) : [undefined, operator];
        const compare = COMPARISONS[name.replace(/IfExists$/, "")];
        if (compare === undefined) throw new RangeError(`unknown condition operator ${operator}`);
        if (name.endsWith("IfExists") && actual === undefined) return true;
        // Of several values none may be equal, where the operator is one that negates.
        const isOneOf = (one: string) =>
            (name.startsWith("StringNot") ? wanted.every : wanted.some).call(wanted, pattern => compare(one, pattern));
        switch (quantifier) {
            case "ForAllValues":
                return (actual ?? []).every(isOneOf);
            case "ForAnyValue":
                return (actual ?? []).some(isOneOf);
            case undefined:
                if (actual !== undefined && actual.length > 1)
                    throw new RangeError(`${key} has several values, and ${operator} compares one`);
                return actual !== undefined && actual.every(isOneOf);
            default:
                throw new RangeError(`unknown condition operator ${operator}`);
        }
    });
}

/** IAM's wildcards: any number of characters, and one. */
function isLike(text: string, pattern: string): boolean {
    const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", "[^]*")
        .replaceAll("?", "[^]");
    return new RegExp(`^${source}$`).test(text);
}

function noVariable(value: string): string {
    if (value.includes("${")) throw new RangeError(`unknown policy variable in ${value}`);
    return value;
}

function lowerKeys(context: Context): Context {
    return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
}

function list(value: string | Values): Values {
    return typeof value === "string" ? [value] : value;
}
