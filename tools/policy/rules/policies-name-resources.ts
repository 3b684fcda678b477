import { isEverything } from "../reading/arn-reach";
import { isResourceless } from "../reading/resourceless-actions";
import { resourceRule } from "../rule";
import { allowed, namesEncryptionContext } from "../reading/statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../inventory/types";

export const policiesNameResources = resourceRule({
    name: "policies-name-resources",
    title: "IAM policies name the resources that they are about, unless the action knows none.",
    controls: ["IAM.1"],
    severity: "high",
    reason: "An intruder in one service would reach the data of every other one in the account.",
    fix: "Name ARNs under resources, with wildcards behind a prefix at most; for an action that knows none, write an exception.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource)
            .filter(statement => !namesEncryptionContext(statement))
            .flatMap(({ actions, resources }) => {
                const wide = resources.find(isEverything);
                if (wide === undefined) return [];
                const reach = wide === "*" ? "everything" : `everything by ${wide}`;
                return actions.filter(action => !isResourceless(action)).map(action => `it allows ${action} on ${reach}`);
            }),
});
