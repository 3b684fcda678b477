import { logBuckets, logObjects } from "../scope";
import type { AwsService, TypeActions } from "./actions";

/** What of a bucket is a resource of its own, with one action to write it and one to read it. */
function partOf(write: string, read: string, remove = write): TypeActions {
    return { create: [write], read: [read], update: [], delete: [remove], tag: [] };
}

/** The bucket for logs, by its name. */
export const S3: AwsService = {
    types: {
        "aws:s3/bucket:Bucket": {
            create: ["s3:CreateBucket"],
            // The provider looks at all that a bucket has, also where the program says nothing of it.
            read: [
                "s3:GetAccelerateConfiguration",
                "s3:GetBucketAcl",
                "s3:GetBucketCORS",
                "s3:GetBucketLogging",
                "s3:GetBucketObjectLockConfiguration",
                "s3:GetBucketRequestPayment",
                "s3:GetBucketTagging",
                "s3:GetBucketVersioning",
                "s3:GetBucketWebsite",
                "s3:GetReplicationConfiguration",
                "s3:ListBucket",
                "s3:ListTagsForResource",
            ],
            update: [],
            // Where nothing is protected, with all that is in it.
            delete: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
            tag: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
        },
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": partOf(
            "s3:PutLifecycleConfiguration",
            "s3:GetLifecycleConfiguration",
        ),
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls": partOf(
            "s3:PutBucketOwnershipControls",
            "s3:GetBucketOwnershipControls",
        ),
        "aws:s3/bucketPolicy:BucketPolicy": partOf("s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"),
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": partOf(
            "s3:PutBucketPublicAccessBlock",
            "s3:GetBucketPublicAccessBlock",
        ),
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": partOf(
            "s3:PutEncryptionConfiguration",
            "s3:GetEncryptionConfiguration",
        ),
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnLogBucket",
            actions: [
                "s3:CreateBucket",
                "s3:DeleteBucket",
                "s3:DeleteBucketPolicy",
                "s3:GetAccelerateConfiguration",
                "s3:GetBucketAcl",
                "s3:GetBucketCORS",
                "s3:GetBucketLogging",
                "s3:GetBucketObjectLockConfiguration",
                "s3:GetBucketOwnershipControls",
                "s3:GetBucketPolicy",
                "s3:GetBucketPublicAccessBlock",
                "s3:GetBucketRequestPayment",
                "s3:GetBucketTagging",
                "s3:GetBucketVersioning",
                "s3:GetBucketWebsite",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:ListBucket",
                "s3:ListBucketVersions",
                "s3:ListTagsForResource",
                "s3:PutBucketOwnershipControls",
                "s3:PutBucketPolicy",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketTagging",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
                "s3:TagResource",
                "s3:UntagResource",
            ],
            on: logBuckets,
        },
        { sid: "EmptyOwnLogBucket", actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"], on: logObjects },
    ],
};
