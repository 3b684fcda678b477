import { resourceRule } from "../rule";
import { Statement, statements } from "../statements";
import { ROLE } from "../types";

/** Conditions that tell in whose name a service acts. */
const SOURCES = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

export const rolesTrustThisAccountOnly = resourceRule({
    name: "roles-trust-this-account-only",
    title: "Roles trust a service in the name of this account only, and nobody by *.",
    controls: [],
    severity: "high",
    reason: "Without a condition, a service could be talked into taking the role by somebody else (confused deputy).",
    fix: "Add a condition on aws:SourceAccount or aws:SourceArn to the trust policy.",
    standing: { is: "met", where: "model/policies.ts" },
    types: [ROLE],
    check: ({ inputs }) =>
        statements(inputs["assumeRolePolicy"])
            .filter(({ effect }) => effect === "Allow")
            .flatMap(tooTrusting),
});

function tooTrusting({ principals, conditionKeys }: Statement): string[] {
    return principals.flatMap(([kind, name]) => {
        if (name === "*") return ["it trusts everybody"];
        if (kind === "Service" && !conditionKeys.some(key => SOURCES.includes(key)))
            return [`it trusts ${name} in anybody's name`];
        return kind === "Federated" && conditionKeys.length === 0 ? [`it trusts everybody that ${name} knows`] : [];
    });
}
