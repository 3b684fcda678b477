import { partitionOf } from "../../model/image-reference";
import { boundaryArn } from "../names";
import {
    Condition,
    ID_TO_COME,
    Limit,
    Scope,
    any,
    fresh,
    here,
    inRegion,
    kept,
    named,
    own,
    roles,
    sharedRepositories,
    unclaimed,
} from "../scope";

/** What the actions on services, roles, logs and repositories are limited to: `<project>-<stack>` where AWS's names allow it, tags otherwise. */
export const SERVICE_RULES: readonly Limit[] = [
    {
        sid: "OwnCluster",
        actions: [
            "ecs:CreateCluster",
            "ecs:CreateService",
            "ecs:DeleteCluster",
            "ecs:DeleteService",
            "ecs:DescribeClusters",
            "ecs:DescribeServiceDeployments",
            "ecs:DescribeServiceRevisions",
            "ecs:DescribeServices",
            "ecs:ListServiceDeployments",
            "ecs:ListTagsForResource",
            "ecs:PutClusterCapacityProviders",
            "ecs:RegisterTaskDefinition",
            "ecs:TagResource",
            "ecs:UntagResource",
            "ecs:UpdateCluster",
            "ecs:UpdateService",
        ],
        on: named(
            "ecs",
            "cluster/PREFIX",
            "service/PREFIX/*",
            "service-deployment/PREFIX/*",
            "service-revision/PREFIX/*",
            "task-definition/PREFIX-*:*",
        ),
    },
    {
        // A deregistered definition can start nothing new; what runs goes on and scales (ECS developer guide, deregistering a task definition).
        sid: "TaskDefinitions",
        actions: ["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition"],
        on: any,
        when: inRegion,
    },
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
    {
        sid: "OwnLogs",
        actions: [
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:DeleteRetentionPolicy",
            "logs:ListTagsForResource",
            "logs:PutRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
        ],
        on: named("logs", "log-group:PREFIX-*"),
    },
    {
        sid: "ReadInRegion",
        actions: [
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "ecr:GetAuthorizationToken",
            "logs:DescribeLogGroups",
        ],
        on: any,
        when: inRegion,
    },
    {
        sid: "OwnRepositories",
        actions: [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:CreateRepository",
            "ecr:DeleteLifecyclePolicy",
            "ecr:DeleteRepository",
            "ecr:DescribeImages",
            "ecr:DescribeRepositories",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetLifecyclePolicy",
            "ecr:InitiateLayerUpload",
            "ecr:ListTagsForResource",
            "ecr:PutImage",
            "ecr:PutImageScanningConfiguration",
            "ecr:PutImageTagMutability",
            "ecr:PutLifecyclePolicy",
            "ecr:TagResource",
            "ecr:UntagResource",
            "ecr:UploadLayerPart",
        ],
        on: named("ecr", "repository/PREFIX-*"),
    },
    {
        sid: "SharedRepositories",
        actions: ["ecr:DescribeImages", "ecr:DescribeRepositories"],
        on: sharedRepositories,
    },
    {
        sid: "OwnScaling",
        actions: [
            "application-autoscaling:DeleteScalingPolicy",
            "application-autoscaling:DeregisterScalableTarget",
            "application-autoscaling:PutScalingPolicy",
        ],
        on: scalingTargets("*"),
        when: ofServices(own),
    },
    {
        sid: "ChangeScaling",
        actions: ["application-autoscaling:RegisterScalableTarget"],
        on: scalingTargets("*"),
        when: ofServices(kept),
    },
    {
        // Of a service that the role may update: Application Auto Scaling asks ECS before it registers (user guide, permissions validation).
        sid: "NewScaling",
        actions: ["application-autoscaling:RegisterScalableTarget"],
        on: scalingTargets("*"),
        when: ofServices(unclaimed),
    },
    {
        sid: "ScalingTags",
        actions: ["application-autoscaling:ListTagsForResource", "application-autoscaling:UntagResource"],
        on: scalingTargets("*"),
        when: own,
    },
    { sid: "RetagScaling", actions: ["application-autoscaling:TagResource"], on: scalingTargets("*"), when: kept },
    { sid: "TagNewScaling", actions: ["application-autoscaling:TagResource"], on: scalingTargets(ID_TO_COME), when: fresh },
    {
        sid: "ScalingAlarms",
        actions: ["cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"],
        on: named("cloudwatch", "alarm:TargetTracking-service/PREFIX/*"),
    },
];

const SERVICE_LINKED_ROLES = [
    "ecs.amazonaws.com/AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
    "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
];

function scalingTargets(id: string): Limit["on"] {
    return here("application-autoscaling", `scalable-target/${id}`);
}

/** The number of an ECS service's tasks: their ARNs do not tell what scaling targets are of. */
function ofServices(when: (scope: Scope) => Condition): (scope: Scope) => Condition {
    return scope => {
        const condition = when(scope);
        const services = {
            "application-autoscaling:service-namespace": "ecs",
            "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
        };
        return { ...condition, StringEquals: { ...condition["StringEquals"], ...services } };
    };
}
