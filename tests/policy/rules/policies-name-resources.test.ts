import { policiesNameResources } from "../../../policy/rules/policies-name-resources";
import { ROLE_POLICY } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { allow, having, resource } from "../resources";

const policy = (statement: object) => resource(ROLE_POLICY, { policy: allow({ ...statement }) });

prove(policiesNameResources, {
    meets: {
        "named resources": [policy({ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::assets/*"] })],
        "resources in every Region behind a prefix": [
            policy({ Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:*:123456789012:orders-*"] }),
        ],
        "an action that knows none": [policy({ Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] })],
    },
    breaks: {
        "every resource": [[policy({ Action: ["sqs:SendMessage"], Resource: ["*"] })], /it allows sqs:SendMessage on everything/],
        "every resource of a service": [
            [policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" })],
            /s3:GetObject on everything/,
        ],
        "every resource, in other words": [[policy({ Action: "s3:GetObject", Resource: "**" })], /s3:GetObject on everything/],
        "every resource of a partition": [[policy({ Action: "s3:GetObject", Resource: "arn:aws:*" })], /on everything/],
        "every resource of what begins a service's name": [
            [policy({ Action: "s3:GetObject", Resource: "arn:*:s3*" })],
            /on everything/,
        ],
        "an action beside one that knows none": [
            [policy({ Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], Resource: ["*"] })],
            /ecr:BatchGetImage on everything/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", { policy: allow({ Action: ["logs:PutLogEvents"], Resource: ["*"] }) }),
    },
});
