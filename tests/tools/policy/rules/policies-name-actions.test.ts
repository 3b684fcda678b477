import { policiesNameActions } from "../../../../tools/policy/rules/policies-name-actions";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const policy = (statement: object) => resource(ROLE_POLICY, { policy: allow({ ...statement }) });

prove(policiesNameActions, {
    meets: {
        "named actions": [policy({ Action: ["s3:GetObject", "s3:List*"], Resource: ["arn:aws:s3:::assets/*"] })],
        "a denial of everything": [
            resource(ROLE_POLICY, { policy: JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }) }),
        ],
    },
    breaks: {
        everything: [[policy({ Action: "*", Resource: "arn:aws:s3:::assets/*" })], /it allows \*/],
        "everything of a service": [[policy({ Action: ["s3:*"], Resource: ["arn:aws:s3:::assets/*"] })], /it allows s3:\*/],
        "everything of a service, in other words": [
            [policy({ Action: ["s3:?**"], Resource: ["arn:aws:s3:::assets/*"] })],
            /it allows s3:\?\*\*/,
        ],
        "everything but something": [[policy({ NotAction: ["iam:PassRole"], Resource: ["arn:aws:s3:::a"] })], /everything but/],
        "an inline policy of a role": [
            [resource(ROLE, { inlinePolicies: [{ policy: allow({ Action: "s3:*", Resource: "arn:aws:s3:::a" }) }] })],
            /it allows s3:\*/,
        ],
        "a managed policy of the stack": [
            [resource(MANAGED_POLICY, { policy: allow({ Action: "s3:*", Resource: "arn:aws:s3:::a" }) })],
            /it allows s3:\*/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN }), resource(ROLE, { inlinePolicies: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["logs:*"], Resource: ["arn:aws:logs:::log-group:web"] }),
        }),
    },
});
