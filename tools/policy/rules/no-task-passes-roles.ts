import { ATTACHING, attachmentsOf, ownPolicies, policiesOfAws } from "../reading/attached-policies";
import type { Resource } from "../../inventory/resource";
import { Found, stackRule } from "../rule";
import type { Graph } from "../../inventory/graph";
import { Statement, allowed, covers, statements } from "../reading/statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../inventory/types";

/** Each of these lets its holder act with another role's rights, or give itself any. */
const ESCALATIONS = [
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PassRole",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
];

/** Policies of AWS that allow all of these; roles-carry-own-policies finds the others. */
const ALMIGHTY = ["AdministratorAccess", "IAMFullAccess"];

export const noTaskPassesRoles = stackRule({
    name: "no-task-passes-roles",
    title: "No role that tasks take can pass a role on, or give anybody more rights.",
    controls: [],
    severity: "critical",
    reason: "Whoever gets into the container could start something with the rights of any role in the account.",
    fix: "Take the action away, and let something outside of tasks do it.",
    standing: { is: "met", where: "components/task.ts" },
    types: [...ATTACHING, ROLE_POLICY, MANAGED_POLICY],
    find: stack =>
        stack
            .ofType(ROLE)
            .filter(isTakenByTasks)
            .flatMap(role => rightsOf(stack, role)),
});

function isTakenByTasks({ inputs }: Resource): boolean {
    return statements(inputs["assumeRolePolicy"]).some(({ principals }) =>
        principals.some(([, name]) => name === "ecs-tasks.amazonaws.com"),
    );
}

function rightsOf(stack: Graph, role: Resource): Found[] {
    const attachments = attachmentsOf(stack, role);
    const own = [role, ...stack.referring(role, ROLE_POLICY, "role"), ...attachments.flatMap(each => ownPolicies(stack, each))];
    const may = (resource: Resource, action: string) => ({ resource, what: `${role.name}, which tasks take, may do ${action}` });
    return [
        ...own.flatMap(resource => escalations(allowed(resource)).map(action => may(resource, action))),
        ...attachments.flatMap(resource =>
            policiesOfAws(resource)
                .filter(name => ALMIGHTY.includes(name))
                .map(name => may(resource, `what ${name} allows`)),
        ),
    ];
}

function escalations(all: readonly Statement[]): string[] {
    return ESCALATIONS.filter(action => all.some(statement => covers(statement, action)));
}
