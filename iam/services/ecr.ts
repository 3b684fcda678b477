import { named, sharedRepositories } from "../scope";
import { AwsService, TypeActions, readInRegion } from "./actions";

const PUSH = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
    "ecr:GetDownloadUrlForLayer",
];

/** An image that is built and pushed. */
export const BUILT_IMAGE: TypeActions = {
    create: PUSH,
    // The manifest alone: whoever may not download layers cannot see what is in an image.
    read: ["ecr:BatchGetImage"],
    update: [],
    delete: [],
    tag: [],
};

/** Repositories, by their names, and the images in them. */
export const ECR: AwsService = {
    types: {
        "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
            create: ["ecr:PutLifecyclePolicy"],
            read: ["ecr:GetLifecyclePolicy"],
            update: [],
            delete: ["ecr:DeleteLifecyclePolicy"],
            tag: [],
        },
        "aws:ecr/repository:Repository": {
            // Grants for ECR on a customer key are made in the name of whoever makes the repository (Amazon ECR user guide, encryption at rest).
            create: ["ecr:CreateRepository", "kms:CreateGrant"],
            read: ["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
            update: ["ecr:PutImageTagMutability", "ecr:PutImageScanningConfiguration"],
            delete: ["ecr:DeleteRepository", "kms:RetireGrant"],
            tag: ["ecr:TagResource", "ecr:UntagResource"],
        },
        "docker-build:index:Image": BUILT_IMAGE,
    },
    lookUps: {
        "aws:ecr/getAuthorizationToken:getAuthorizationToken": ["ecr:GetAuthorizationToken"],
        "aws:ecr/getImage:getImage": ["ecr:DescribeImages", "ecr:DescribeRepositories"],
    },
    preflight: ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages"],
    limits: [
        readInRegion("ecr:GetAuthorizationToken"),
        {
            sid: "OwnRepositories",
            actions: [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:CompleteLayerUpload",
                "ecr:CreateRepository",
                "ecr:DeleteLifecyclePolicy",
                "ecr:DeleteRepository",
                "ecr:DescribeImageScanFindings",
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
            actions: ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRepositories"],
            on: sharedRepositories,
        },
    ],
    operates: [
        {
            // With the slash it is no service's: what CI takes for built is pushed by nobody else.
            sid: "Mirror",
            actions: ["ecr:CreateRepository", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:TagResource", ...PUSH],
            on: named("ecr", "repository/PREFIX-mirror/*"),
        },
    ],
};
