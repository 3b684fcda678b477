import { SERVICE_LINKED_ROLE, TypeActions } from "./actions";

const ECS_TAGS = ["ecs:TagResource", "ecs:UntagResource"];

/** Services with what they run on, and names, by resource type. */
export const SERVICE_ACTIONS: Readonly<Record<string, TypeActions>> = {
    "aws:acm/certificate:Certificate": {
        create: ["acm:RequestCertificate"],
        read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
        update: [],
        delete: ["acm:DeleteCertificate"],
        tag: ["acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate"],
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        create: [],
        read: ["acm:DescribeCertificate"],
        update: [],
        delete: [],
        tag: [],
    },
    "aws:appautoscaling/policy:Policy": {
        // The alarms of target tracking are made in the caller's name (Application Auto Scaling user guide, identity-based policy examples).
        create: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
        read: ["application-autoscaling:DescribeScalingPolicies", "cloudwatch:DescribeAlarms"],
        update: [],
        delete: ["application-autoscaling:DeleteScalingPolicy", "cloudwatch:DeleteAlarms"],
        tag: [],
    },
    "aws:appautoscaling/target:Target": {
        create: ["application-autoscaling:RegisterScalableTarget", SERVICE_LINKED_ROLE],
        read: ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:ListTagsForResource"],
        update: [],
        delete: ["application-autoscaling:DeregisterScalableTarget"],
        tag: ["application-autoscaling:TagResource", "application-autoscaling:UntagResource"],
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
        read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
        update: ["logs:DeleteRetentionPolicy"],
        delete: ["logs:DeleteLogGroup"],
        tag: ["logs:TagResource", "logs:UntagResource"],
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        create: ["ecr:PutLifecyclePolicy"],
        read: ["ecr:GetLifecyclePolicy"],
        update: [],
        delete: ["ecr:DeleteLifecyclePolicy"],
        tag: [],
    },
    "aws:ecr/repository:Repository": {
        create: ["ecr:CreateRepository"],
        read: ["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
        update: ["ecr:PutImageTagMutability", "ecr:PutImageScanningConfiguration"],
        delete: ["ecr:DeleteRepository"],
        tag: ["ecr:TagResource", "ecr:UntagResource"],
    },
    "aws:ecs/cluster:Cluster": {
        create: ["ecs:CreateCluster", SERVICE_LINKED_ROLE],
        read: ["ecs:DescribeClusters", "ecs:ListTagsForResource"],
        update: ["ecs:UpdateCluster"],
        delete: ["ecs:DeleteCluster"],
        tag: ECS_TAGS,
    },
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
        create: ["ecs:PutClusterCapacityProviders"],
        read: ["ecs:DescribeClusters"],
        update: [],
        delete: [],
        tag: [],
    },
    "aws:ecs/service:Service": {
        create: ["ecs:CreateService"],
        // Provider 6 waits for a steady state on the deployment itself.
        read: [
            "ecs:DescribeServices",
            "ecs:ListServiceDeployments",
            "ecs:DescribeServiceDeployments",
            "ecs:DescribeServiceRevisions",
            "ecs:ListTagsForResource",
        ],
        update: ["ecs:UpdateService"],
        delete: ["ecs:DeleteService"],
        tag: ECS_TAGS,
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
        create: ["ecs:RegisterTaskDefinition", "iam:PassRole"],
        read: ["ecs:DescribeTaskDefinition", "ecs:ListTagsForResource"],
        update: [],
        delete: ["ecs:DeregisterTaskDefinition"],
        tag: ECS_TAGS,
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
    "aws:route53/record:Record": {
        create: ["route53:ChangeResourceRecordSets"],
        read: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:GetChange"],
        update: [],
        delete: [],
        tag: [],
    },
    "docker-build:index:Image": {
        create: [
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage",
            "ecr:GetDownloadUrlForLayer",
        ],
        // The manifest alone: whoever may not download layers cannot see what is in an image.
        read: ["ecr:BatchGetImage"],
        update: [],
        delete: [],
        tag: [],
    },
};
