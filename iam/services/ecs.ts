import { any, inRegion, named } from "../scope";
import { AwsService, SERVICE_LINKED_ROLE } from "./actions";

const TAGS = ["ecs:TagResource", "ecs:UntagResource"];

/** Cluster, services and task definitions, by their names. */
export const ECS: AwsService = {
    types: {
        "aws:ecs/cluster:Cluster": {
            create: ["ecs:CreateCluster", SERVICE_LINKED_ROLE],
            read: ["ecs:DescribeClusters", "ecs:ListTagsForResource"],
            update: ["ecs:UpdateCluster"],
            delete: ["ecs:DeleteCluster"],
            tag: TAGS,
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
            tag: TAGS,
        },
        "aws:ecs/taskDefinition:TaskDefinition": {
            create: ["ecs:RegisterTaskDefinition", "iam:PassRole"],
            read: ["ecs:DescribeTaskDefinition", "ecs:ListTagsForResource"],
            update: [],
            delete: ["ecs:DeregisterTaskDefinition"],
            tag: TAGS,
        },
    },
    lookUps: {},
    limits: [
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
    ],
};
