import { Condition, Scope, any, clusters, inRegion, inSubnets, named } from "../scope";
import { AwsService, SERVICE_LINKED_ROLE } from "./actions";

const TAGS = ["ecs:TagResource", "ecs:UntagResource"];

const tasks = named("ecs", "task/PREFIX/*");
const taskDefinitions = named("ecs", "task-definition/PREFIX-*:*");

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
            read: ["ecs:DescribeServices", "ecs:ListTagsForResource"],
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
    rollouts: [
        "ecs:DescribeServices",
        "ecs:ListServiceDeployments",
        "ecs:DescribeServiceRevisions",
        "ecs:ListTasks",
        "ecs:DescribeTasks",
        // A release runs before its service moves, where nothing says that its revision was released.
        "ecs:ListServices",
        "ecs:RunTask",
        "ecs:StopTask",
    ],
    limits: [
        {
            sid: "OwnCluster",
            actions: [
                "ecs:CreateCluster",
                "ecs:DeleteCluster",
                "ecs:DeleteService",
                "ecs:DescribeClusters",
                "ecs:DescribeServiceRevisions",
                "ecs:DescribeServices",
                "ecs:DescribeTasks",
                "ecs:ListServiceDeployments",
                "ecs:ListTagsForResource",
                "ecs:PutClusterCapacityProviders",
                "ecs:RegisterTaskDefinition",
                "ecs:TagResource",
                "ecs:UntagResource",
                "ecs:UpdateCluster",
            ],
            on: named(
                "ecs",
                "cluster/PREFIX",
                "service/PREFIX/*",
                "service-revision/PREFIX/*",
                "task-definition/PREFIX-*:*",
                "task/PREFIX/*",
            ),
        },
        {
            sid: "OwnServices",
            actions: ["ecs:CreateService", "ecs:UpdateService"],
            on: named("ecs", "service/PREFIX/*"),
            when: likeOwn,
        },
        {
            // A deregistered definition can start nothing new; what runs goes on and scales (ECS developer guide, deregistering a task definition).
            sid: "TaskDefinitions",
            actions: ["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition"],
            on: any,
            when: inRegion,
        },
        {
            // AWS asks for `*` where no container instance is named, though its reference names that type (cdklabs/construct-hub#1207).
            sid: "ListInCluster",
            actions: ["ecs:ListServices", "ecs:ListTasks"],
            on: any,
            when: inOwnCluster,
        },
        {
            // AWS knows no condition on subnets there.
            sid: "RunOwnTasks",
            actions: ["ecs:RunTask"],
            on: taskDefinitions,
            when: runsLikeOwn,
        },
        { sid: "StopOwnTasks", actions: ["ecs:StopTask"], on: tasks, when: inOwnCluster },
    ],
    looks: [
        {
            sid: "SeeRollouts",
            actions: [
                "ecs:DescribeServiceDeployments",
                "ecs:DescribeServiceRevisions",
                "ecs:DescribeServices",
                "ecs:DescribeTasks",
                "ecs:ListServiceDeployments",
            ],
            on: named("ecs", "service/PREFIX/*", "service-deployment/PREFIX/*", "service-revision/PREFIX/*", "task/PREFIX/*"),
        },
        { sid: "SeeTaskDefinitions", actions: ["ecs:DescribeTaskDefinition"], on: any, when: inRegion },
        { sid: "SeeTasks", actions: ["ecs:ListServices", "ecs:ListTasks"], on: any, when: inOwnCluster },
    ],
    operates: [
        {
            // Neither restart nor scale names a task definition or a network.
            sid: "Restart",
            actions: ["ecs:UpdateService"],
            on: named("ecs", "service/PREFIX/*"),
            when: likeOwn,
        },
        {
            sid: "StopRollouts",
            actions: ["ecs:StopServiceDeployment"],
            on: named("ecs", "service/PREFIX/*", "service-deployment/PREFIX/*"),
        },
        {
            sid: "RunJobs",
            actions: ["ecs:RunTask"],
            on: taskDefinitions,
            when: runsLikeOwn,
        },
        { sid: "StopJobs", actions: ["ecs:StopTask"], on: tasks, when: inOwnCluster },
        {
            // Tasks get the tags of their definition as they start.
            sid: "TagJobs",
            actions: ["ecs:TagResource"],
            on: tasks,
            when: () => ({ StringEquals: { "ecs:CreateAction": "RunTask" } }),
        },
        {
            // It takes no right to ssm:StartSession, which would ask neither for the cluster nor for the setting (ECS developer guide, ECS Exec).
            sid: "OpenShells",
            actions: ["ecs:ExecuteCommand"],
            on: scope => (scope.exec === true ? [...clusters(scope), ...tasks(scope)] : []),
        },
    ],
};

function inOwnCluster(scope: Scope): Condition {
    return { StringEquals: { "ecs:cluster": clusters(scope) } };
}

function runsLikeOwn(scope: Scope): Condition {
    return { ...inOwnCluster(scope), ...withoutExec(scope) };
}

/** An update that leaves something out leaves it as it is: such a request has no key (ECS developer guide, condition keys). */
function likeOwn(scope: Scope): Condition {
    return {
        ArnLikeIfExists: { "ecs:task-definition": taskDefinitions(scope) },
        BoolIfExists: { "ecs:auto-assign-public-ip": "false" },
        ...withoutExec(scope),
        ...inSubnets("ecs:subnet", scope),
    };
}

function withoutExec({ exec = false }: Scope): Condition {
    return exec ? {} : { StringEqualsIfExists: { "ecs:enable-execute-command": "false" } };
}
