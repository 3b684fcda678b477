import { partitionOf } from "../../model/partitions";
import { boundaryArn, jobsBoundaryArn } from "../names";
import { JOB_ROLES } from "../../model/names";
import { Condition, Limit, Scope, jobRoles, kept, own, policies, roles, taskRoles, unclaimed } from "../scope";
import type { AwsService } from "./actions";

/** PassRole knows no boundary, and AWS calls tags unreliable there (IAM user guide, granting permissions to pass a role): names are left. */
const PASS_TO_TASKS: Limit = {
    sid: "PassRolesToTasks",
    actions: ["iam:PassRole"],
    on: taskRoles,
    when: () => ({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
};

/** The roles of tasks, by their names, and those of AWS's own services. */
export const IAM: AwsService = {
    types: {
        "aws:iam/policy:Policy": {
            create: ["iam:CreatePolicy"],
            read: ["iam:GetPolicy", "iam:GetPolicyVersion"],
            // Another text makes another policy.
            update: [],
            delete: ["iam:ListPolicyVersions", "iam:DeletePolicy"],
            tag: ["iam:TagPolicy", "iam:UntagPolicy"],
        },
        "aws:iam/role:Role": {
            create: ["iam:CreateRole"],
            read: ["iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"],
            update: ["iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:PutRolePermissionsBoundary"],
            delete: ["iam:ListInstanceProfilesForRole", "iam:DeleteRole"],
            tag: ["iam:TagRole", "iam:UntagRole"],
        },
        "aws:iam/rolePolicy:RolePolicy": {
            create: ["iam:PutRolePolicy"],
            read: ["iam:GetRolePolicy"],
            update: [],
            delete: ["iam:DeleteRolePolicy"],
            tag: [],
        },
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
            create: ["iam:AttachRolePolicy"],
            read: ["iam:ListAttachedRolePolicies"],
            update: [],
            delete: ["iam:DetachRolePolicy"],
            tag: [],
        },
    },
    lookUps: {},
    preflight: ["iam:GetRole"],
    limits: [
        {
            sid: "ReadRoles",
            actions: [
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListInstanceProfilesForRole",
                "iam:ListRolePolicies",
            ],
            on: roles,
        },
        { sid: "UntagRoles", actions: ["iam:UntagRole"], on: roles, when: own },
        { sid: "RetagRoles", actions: ["iam:TagRole"], on: roles, when: kept },
        // The making of a role cannot be told from the tagging of one that nobody has tagged.
        {
            sid: "TagNewRoles",
            actions: ["iam:TagRole"],
            on: scope => [...taskRoles(scope), ...jobRoles(scope)],
            when: unclaimed,
        },
        {
            // A role without the boundary cannot be made, and one that somebody else made without it cannot be changed.
            sid: "BoundRoles",
            actions: [
                "iam:CreateRole",
                "iam:DeleteRole",
                "iam:DeleteRolePolicy",
                "iam:PutRolePermissionsBoundary",
                "iam:PutRolePolicy",
                "iam:UpdateAssumeRolePolicy",
                "iam:UpdateRole",
            ],
            on: roles,
            when: bounded,
        },
        {
            // Large policies stand beside the roles. Their text cannot be changed: a role of somebody else's might carry one.
            sid: "OwnPolicies",
            actions: [
                "iam:CreatePolicy",
                "iam:DeletePolicy",
                "iam:GetPolicy",
                "iam:GetPolicyVersion",
                "iam:ListPolicyVersions",
                "iam:TagPolicy",
                "iam:UntagPolicy",
            ],
            on: policies,
        },
        {
            sid: "AttachPolicies",
            actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
            on: roles,
            when: scope => ({ ...bounded(scope), ArnLike: { "iam:PolicyARN": policies(scope) } }),
        },
        PASS_TO_TASKS,
        {
            sid: "PassRolesOfJobs",
            actions: ["iam:PassRole"],
            on: jobRoles,
            when: () => ({ StringEquals: { "iam:PassedToService": Object.values(JOB_ROLES) } }),
        },
        {
            sid: "ServiceLinkedRoles",
            actions: ["iam:CreateServiceLinkedRole", "iam:GetRole"],
            on: ({ region, account }) =>
                Object.values(SERVICE_LINKED_ROLES).map(
                    role => `arn:${partitionOf(region)}:iam::${account}:role/aws-service-role/${role}`,
                ),
        },
    ],
    operates: [PASS_TO_TASKS],
};

function bounded(scope: Scope): Condition {
    const boundaries = scope.stacks.flatMap(stack =>
        [boundaryArn, jobsBoundaryArn].map(arnOf => arnOf(scope, scope.project, stack)),
    );
    return { StringEquals: { "iam:PermissionsBoundary": boundaries } };
}

/** Service and role, by the type whose first resource in an account brings the role. */
export const SERVICE_LINKED_ROLES: Readonly<Record<string, string>> = {
    "aws:ecs/cluster:Cluster": "ecs.amazonaws.com/AWSServiceRoleForECS",
    "aws:lb/loadBalancer:LoadBalancer": "elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
    "aws:appautoscaling/target:Target":
        "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
};
