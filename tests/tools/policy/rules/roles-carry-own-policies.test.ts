import { rolesCarryOwnPolicies } from "../../../../tools/policy/rules/roles-carry-own-policies";
import {
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY_ATTACHMENT,
    ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
} from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

prove(rolesCarryOwnPolicies, {
    meets: {
        "no managed policy": [resource(ROLE)],
        "a managed policy of the account": [
            resource(ROLE_POLICY_ATTACHMENT, { policyArn: "arn:aws:iam::123456789012:policy/mine" }),
        ],
        "one of AWS for a group of people": [resource(POLICY_ATTACHMENT, { groups: ["developers"], policyArn: EXECUTION })],
    },
    breaks: {
        "one of AWS": [[resource(ROLE, { managedPolicyArns: [EXECUTION] })], /it carries AmazonECSTaskExecutionRolePolicy/],
        "one of AWS that is attached": [
            [resource(ROLE_POLICY_ATTACHMENT, { policyArn: EXECUTION })],
            /it carries AmazonECSTaskExecutionRolePolicy/,
        ],
        "one of AWS among all that a role has": [
            [resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "web", policyArns: [EXECUTION] })],
            /it carries AmazonECSTaskExecutionRolePolicy/,
        ],
        "one of AWS that is attached to several": [
            [resource(POLICY_ATTACHMENT, { roles: ["web"], policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })],
            /it carries AdministratorAccess/,
        ],
    },
    unknown: [
        resource(ROLE, { managedPolicyArns: UNKNOWN }),
        resource(ROLE_POLICY_ATTACHMENT, { policyArn: UNKNOWN }),
        resource(POLICY_ATTACHMENT, { roles: UNKNOWN, policyArn: UNKNOWN }),
    ],
    broken: { by: having(ROLE, "web-task-execution", { managedPolicyArns: [EXECUTION] }) },
});
