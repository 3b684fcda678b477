import { resourceRule } from "../rule";
import { ROLE, ROLE_POLICY_ATTACHMENT } from "../types";
import { show, texts } from "../values";

const OF_AWS = /^arn:[^:]+:iam::aws:policy\//;

export const rolesCarryOwnPolicies = resourceRule({
    name: "roles-carry-own-policies",
    title: "Roles carry policies of this program, not those that AWS manages.",
    controls: [],
    severity: "medium",
    reason: "Their statements are on every resource, and AWS widens them without asking; so does AmazonECSTaskExecutionRolePolicy.",
    fix: "Write down what the role needs, as model/policies.ts does.",
    standing: { is: "met", where: "components/task.ts" },
    types: [ROLE, ROLE_POLICY_ATTACHMENT],
    check: ({ inputs }) =>
        texts([inputs["managedPolicyArns"], inputs["policyArn"]])
            .filter(arn => OF_AWS.test(arn))
            .map(arn => `it carries ${show(arn.split("/").pop())}, which AWS manages`),
});
