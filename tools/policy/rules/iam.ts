import type { Resource } from "../../inventory/resource";
import { stackRule } from "../rule";
import type { Graph } from "../../inventory/graph";
import { Statement, statements } from "../reading/statements";
import { ROLE } from "../../inventory/types";
import { at, texts } from "../../inventory/inputs";

/** Conditions that tell in whose name a service acts. */
const SOURCES = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

export const rolesTrustThisAccountOnly = stackRule({
    name: "roles-trust-this-account-only",
    title: "Roles trust a service in the name of this account only, another account under a condition only, and nobody by *.",
    controls: [],
    severity: "high",
    reason: "Without a condition, a service could be talked into taking the role by somebody else (confused deputy), and so could a third party.",
    fix: "Add a condition to the trust policy: for a service on aws:SourceAccount or aws:SourceArn, for another account on sts:ExternalId or aws:PrincipalOrgID.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE],
    find: stack => {
        const roles = stack.ofType(ROLE);
        const own = new Set([...roles.flatMap(sourceAccounts), ...accountsOfArns(stack)]);
        return roles.flatMap(resource =>
            trusts(resource)
                .flatMap(statement => tooTrusting(statement, own))
                .map(what => ({ resource, what })),
        );
    },
});

function trusts({ inputs }: Resource): readonly Statement[] {
    return statements(inputs["assumeRolePolicy"]).filter(({ effect }) => effect === "Allow");
}

function tooTrusting({ principals, conditionKeys }: Statement, own: ReadonlySet<string>): string[] {
    return principals.flatMap(([kind, name]) => {
        if (name === "*") return ["it trusts everybody"];
        if (kind === "Service" && !conditionKeys.some(key => SOURCES.includes(key)))
            return [`it trusts ${name} in anybody's name`];
        if (conditionKeys.length > 0) return [];
        if (kind === "AWS" && isForeign(name, own)) return [`it trusts ${name}, of another account, without a condition`];
        return kind === "Federated" ? [`it trusts everybody that ${name} knows`] : [];
    });
}

const PRINCIPAL = /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::(.*))?$/;

/** While nothing tells this account's own number, a principal that is a whole account counts as another one. */
function isForeign(principal: string, own: ReadonlySet<string>): boolean {
    const [, account, name = "root"] = PRINCIPAL.exec(principal) ?? [];
    if (account === undefined) return false;
    return own.size === 0 ? name === "root" : !own.has(account);
}

/** The account in whose name roles say that a service has to act. */
function sourceAccounts(role: Resource): readonly string[] {
    return trusts(role).flatMap(({ condition }) => texts(at(condition, "StringEquals", "aws:SourceAccount")));
}

function accountsOfArns(stack: Graph): readonly string[] {
    return stack.resources.flatMap(({ ids }) => ids).flatMap(id => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(id)?.[1] ?? []);
}
