import { noTaskPassesRoles } from "../../../../tools/policy/rules/no-task-passes-roles";
import {
    MANAGED_POLICY,
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY,
    ROLE_POLICY_ATTACHMENT,
    ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
} from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const trust = (service: string) => allow({ Principal: { Service: service }, Action: "sts:AssumeRole" });
const ROLE_OF_TASKS = resource(ROLE, { assumeRolePolicy: trust("ecs-tasks.amazonaws.com") });
const policy = (action: string) =>
    resource(ROLE_POLICY, { role: "Role", policy: allow({ Action: [action], Resource: ["arn:aws:iam::123456789012:role/a"] }) });
const PASSING = resource(MANAGED_POLICY, { policy: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::1:role/a" }) });
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

prove(noTaskPassesRoles, {
    meets: {
        "a role that reads": [ROLE_OF_TASKS, policy("s3:GetObject")],
        "a role that something else takes": [
            resource(ROLE, { assumeRolePolicy: trust("scheduler.amazonaws.com") }),
            policy("iam:PassRole"),
        ],
    },
    breaks: {
        "the right to pass roles": [[ROLE_OF_TASKS, policy("iam:PassRole")], /Role, which tasks take, may do iam:PassRole/],
        "the right to rewrite one": [[ROLE_OF_TASKS, policy("iam:PutRolePol*")], /may do iam:PutRolePolicy/],
        "the right to make a user's keys": [[ROLE_OF_TASKS, policy("iam:CreateAccessKey")], /may do iam:CreateAccessKey/],
        "the right in an attached policy": [
            [ROLE_OF_TASKS, PASSING, resource(ROLE_POLICY_ATTACHMENT, { role: "Role", policyArn: "Policy" })],
            /may do iam:PassRole/,
        ],
        "the right in a policy on the role's own list": [
            [resource(ROLE, { ...ROLE_OF_TASKS.inputs, managedPolicyArns: ["Policy"] }), PASSING],
            /may do iam:PassRole/,
        ],
        "the right among all that a role has": [
            [ROLE_OF_TASKS, PASSING, resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "Role", policyArns: ["Policy"] })],
            /may do iam:PassRole/,
        ],
        "the right in a policy for several roles": [
            [ROLE_OF_TASKS, PASSING, resource(POLICY_ATTACHMENT, { roles: ["other", "Role"], policyArn: "Policy" })],
            /may do iam:PassRole/,
        ],
        "every right, by AWS's own policy": [
            [ROLE_OF_TASKS, resource(POLICY_ATTACHMENT, { roles: ["Role"], policyArn: ADMINISTRATOR })],
            /Role, which tasks take, may do what AdministratorAccess allows/,
        ],
        "every right, in the list of all that a role has": [
            [ROLE_OF_TASKS, resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "Role", policyArns: [ADMINISTRATOR] })],
            /may do what AdministratorAccess allows/,
        ],
    },
    unknown: [
        ROLE_OF_TASKS,
        resource(ROLE, { assumeRolePolicy: UNKNOWN }, { name: "later" }),
        resource(ROLE_POLICY, { role: "Role", policy: UNKNOWN }),
    ],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["iam:PassRole"], Resource: ["arn:aws:iam::000000000000:role/admin"] }),
        }),
    },
});
