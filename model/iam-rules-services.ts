import { partitionOf } from "./image-reference";
import { boundaryArn } from "./iam-names";
import { Rule, Scope, any, fresh, here, inRegion, named, own, roles, sharedRepositories, unclaimed } from "./iam-scope";

/** What the actions on services, roles, logs, repositories and names are limited to: `<project>-<stack>` where AWS's names allow it, tags otherwise. */
export const SERVICE_RULES: readonly Rule[] = [
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
            "application-autoscaling:ListTagsForResource",
            "application-autoscaling:PutScalingPolicy",
            "application-autoscaling:RegisterScalableTarget",
            "application-autoscaling:TagResource",
            "application-autoscaling:UntagResource",
        ],
        on: here("application-autoscaling", "scalable-target/*"),
        when: own,
    },
    {
        sid: "NewScaling",
        actions: ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:TagResource"],
        on: here("application-autoscaling", "scalable-target/*"),
        when: unclaimed,
    },
    {
        sid: "ScalingAlarms",
        actions: ["cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"],
        on: named("cloudwatch", "alarm:TargetTracking-service/PREFIX/*"),
    },
    {
        sid: "NewCertificate",
        actions: ["acm:RequestCertificate"],
        on: ({ domains }) => (domains.length === 0 ? [] : ["*"]),
        when: scope => ({
            ...fresh(scope),
            "ForAllValues:StringEquals": { "acm:DomainNames": scope.domains.flatMap(({ name }) => [name, `*.${name}`]) },
        }),
    },
    {
        sid: "OwnCertificate",
        actions: [
            "acm:AddTagsToCertificate",
            "acm:DeleteCertificate",
            "acm:DescribeCertificate",
            "acm:ListTagsForCertificate",
            "acm:RemoveTagsFromCertificate",
        ],
        on: certificates,
        when: own,
    },
    { sid: "TagNewCertificate", actions: ["acm:AddTagsToCertificate"], on: certificates, when: unclaimed },
    {
        sid: "ReadZone",
        actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
        on: zones,
    },
    {
        sid: "FindZone",
        actions: ["route53:ListHostedZones"],
        on: ({ domains }) => (domains.length === 0 ? [] : ["*"]),
    },
    {
        sid: "SeeRecordsArrive",
        actions: ["route53:GetChange"],
        on: ({ domains, region }) => (domains.length === 0 ? [] : [`arn:${partitionOf(region)}:route53:::change/*`]),
    },
    {
        sid: "OwnRecords",
        actions: ["route53:ChangeResourceRecordSets"],
        on: zones,
        // The name, names below it (an asterisk is \052 there), and what proves them to ACM.
        when: ({ domains }) => ({
            "ForAllValues:StringLike": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": domains.flatMap(({ name }) => [
                    name,
                    `\\052.${name}`,
                    `_*.${name}`,
                ]),
            },
            "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"] },
        }),
    },
];

const SERVICE_LINKED_ROLES = [
    "ecs.amazonaws.com/AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
    "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
];

function certificates(scope: Scope): readonly string[] {
    return scope.domains.length === 0 ? [] : here("acm", "certificate/*")(scope);
}

function zones({ domains, region }: Scope): readonly string[] {
    return domains.map(({ zoneId }) => `arn:${partitionOf(region)}:route53:::hostedzone/${zoneId}`);
}
