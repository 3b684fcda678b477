import { rolesTrustThisAccountOnly } from "../../../policy/rules/roles-trust-this-account-only";
import { ROLE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { allow, having, resource } from "../resources";

const role = (statement: object) => resource(ROLE, { assumeRolePolicy: allow({ Action: ["sts:AssumeRole"], ...statement }) });

prove(rolesTrustThisAccountOnly, {
    meets: {
        "a service in this account's name": [
            role({
                Principal: { Service: "ecs-tasks.amazonaws.com" },
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            }),
        ],
        "a role of this account": [role({ Principal: { AWS: "arn:aws:iam::123456789012:role/deploy" } })],
        "an identity provider with a condition": [
            role({ Principal: { Federated: "arn:aws:iam::…" }, Condition: { StringEquals: { "token:sub": "repo" } } }),
        ],
    },
    breaks: {
        "a service in anybody's name": [[role({ Principal: { Service: "ecs-tasks.amazonaws.com" } })], /in anybody's name/],
        everybody: [[role({ Principal: "*" })], /it trusts everybody/],
        "every account": [[role({ Principal: { AWS: "*" } })], /it trusts everybody/],
        "everybody with a login elsewhere": [
            [role({ Principal: { Federated: "arn:aws:iam::…" } })],
            /everybody that arn:aws:iam::… knows/,
        ],
    },
    unknown: [resource(ROLE, { assumeRolePolicy: UNKNOWN })],
    broken: {
        by: having(ROLE, "web-task-execution", {
            assumeRolePolicy: allow({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: ["sts:AssumeRole"] }),
        }),
    },
});
