import { resourceRule } from "../rule";
import { allowed } from "../reading/statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../inventory/types";

/** `*`, `s3:*`, and what means the same, such as `s3:**`. */
const EVERYTHING = /^([^:]+:)?[*?]*\*[*?]*$/;

export const policiesNameActions = resourceRule({
    name: "policies-name-actions",
    title: "IAM policies name what they allow: no * and no service:*.",
    controls: ["IAM.1", "IAM.21"],
    severity: "high",
    reason: "A wildcard also allows what AWS adds tomorrow, and mostly the right to grant oneself more.",
    fix: "Name the actions that the application calls under permissions.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource).flatMap(({ actions, isInverted }) => [
            ...actions.filter(action => EVERYTHING.test(action)).map(action => `it allows ${action}`),
            ...(isInverted ? ["it allows everything but what NotAction or NotResource names"] : []),
        ]),
});
