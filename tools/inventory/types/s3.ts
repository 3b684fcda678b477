import { NO_FACTS, NO_OUTPUTS, Rows, forGood, named } from "./row";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ACL = "aws:s3/bucketAcl:BucketAcl";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";
export const BUCKET_OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_V2 = "aws:s3/bucketV2:BucketV2";

export const ROWS: Rows = {
    [BUCKET]: {
        facts: NO_FACTS,
        loss: forGood(named("all objects in", "bucket")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
    [BUCKET_V2]: {
        facts: NO_FACTS,
        loss: forGood(named("all objects in", "bucket")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
