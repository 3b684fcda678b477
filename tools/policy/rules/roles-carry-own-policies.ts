import { ATTACHING, policiesOfAws } from "../reading/attached-policies";
import { resourceRule } from "../rule";

export const rolesCarryOwnPolicies = resourceRule({
    name: "roles-carry-own-policies",
    title: "Roles carry policies of this program, not those that AWS manages.",
    controls: [],
    severity: "medium",
    reason: "Their statements are on every resource, and AWS widens them without asking; so does AmazonECSTaskExecutionRolePolicy.",
    fix: "Write down what the role needs, as iam/tasks.ts does.",
    standing: { is: "met", where: "components/task.ts" },
    types: ATTACHING,
    check: resource => policiesOfAws(resource).map(name => `it carries ${name}, which AWS manages`),
});
