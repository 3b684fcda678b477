import { partitionOf } from "../../model/partitions";
import { boundaryArn } from "../names";
import { roles } from "../scope";
import type { AwsService } from "./actions";

/** The roles of tasks, by their names, and those of AWS's own services. */
export const IAM: AwsService = {
    types: {
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
    },
    lookUps: {},
    limits: [
        {
            sid: "ReadRoles",
            actions: [
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListInstanceProfilesForRole",
                "iam:ListRolePolicies",
                "iam:TagRole",
                "iam:UntagRole",
            ],
            on: roles,
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
            when: scope => ({
                StringEquals: { "iam:PermissionsBoundary": scope.stacks.map(stack => boundaryArn(scope, scope.project, stack)) },
            }),
        },
        {
            sid: "PassRolesToTasks",
            actions: ["iam:PassRole"],
            on: roles,
            when: () => ({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
        },
        {
            sid: "ServiceLinkedRoles",
            actions: ["iam:CreateServiceLinkedRole"],
            on: ({ region, account }) =>
                SERVICE_LINKED_ROLES.map(role => `arn:${partitionOf(region)}:iam::${account}:role/aws-service-role/${role}`),
        },
    ],
};

const SERVICE_LINKED_ROLES = [
    "ecs.amazonaws.com/AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
    "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
];
