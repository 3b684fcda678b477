import { rolesCarryOwnPolicies } from "../../../policy/rules/roles-carry-own-policies";
import { ROLE, ROLE_POLICY_ATTACHMENT } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

const EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

prove(rolesCarryOwnPolicies, {
    meets: {
        "no managed policy": [resource(ROLE)],
        "a managed policy of the account": [
            resource(ROLE_POLICY_ATTACHMENT, { policyArn: "arn:aws:iam::123456789012:policy/mine" }),
        ],
    },
    breaks: {
        "one of AWS": [[resource(ROLE, { managedPolicyArns: [EXECUTION] })], /it carries AmazonECSTaskExecutionRolePolicy/],
        "one of AWS that is attached": [
            [resource(ROLE_POLICY_ATTACHMENT, { policyArn: EXECUTION })],
            /it carries AmazonECSTaskExecutionRolePolicy/,
        ],
    },
    unknown: [resource(ROLE, { managedPolicyArns: UNKNOWN }), resource(ROLE_POLICY_ATTACHMENT, { policyArn: UNKNOWN })],
    broken: { by: having(ROLE, "web-task-execution", { managedPolicyArns: [EXECUTION] }) },
});
