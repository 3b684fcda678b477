import type { Resource } from "../resource";
import { stackRule } from "../rule";
import type { Stack } from "../stack";
import { Statement, allowed, covers, statements } from "../statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY, ROLE_POLICY_ATTACHMENT } from "../types";

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

export const noTaskPassesRoles = stackRule({
    name: "no-task-passes-roles",
    title: "No role that tasks take can pass a role on, or give anybody more rights.",
    controls: [],
    severity: "critical",
    reason: "Whoever gets into the container could start something with the rights of any role in the account.",
    fix: "Take the action away, and let something outside of tasks do it.",
    standing: { is: "met", where: "components/task.ts" },
    types: [ROLE, ROLE_POLICY, MANAGED_POLICY],
    find: stack =>
        stack
            .ofType(ROLE)
            .filter(isTakenByTasks)
            .flatMap(role =>
                policiesOf(stack, role).flatMap(resource =>
                    escalations(allowed(resource)).map(action => ({
                        resource,
                        what: `${role.name}, which tasks take, may do ${action}`,
                    })),
                ),
            ),
});

function isTakenByTasks({ inputs }: Resource): boolean {
    return statements(inputs["assumeRolePolicy"]).some(({ principals }) =>
        principals.some(([, name]) => name === "ecs-tasks.amazonaws.com"),
    );
}

function policiesOf(stack: Stack, role: Resource): Resource[] {
    const attached = stack
        .referring(role, ROLE_POLICY_ATTACHMENT, "role")
        .flatMap(attachment => stack.referred(attachment, "policyArn", MANAGED_POLICY));
    return [role, ...stack.referring(role, ROLE_POLICY, "role"), ...attached];
}

function escalations(all: readonly Statement[]): string[] {
    return ESCALATIONS.filter(action => all.some(statement => covers(statement, action)));
}
