import { NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, named, says } from "./row";

export const DYNAMODB_TABLE = "aws:dynamodb/table:Table";
export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const KMS_KEY = "aws:kms/key:Key";
export const DATABASE_CLUSTER = "aws:rds/cluster:Cluster";
export const DATABASE_INSTANCE = "aws:rds/instance:Instance";
export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ACL = "aws:s3/bucketAcl:BucketAcl";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";
export const BUCKET_OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_V2 = "aws:s3/bucketV2:BucketV2";
export const SECRET = "aws:secretsmanager/secret:Secret";

export const ROWS: Rows = {
    [DYNAMODB_TABLE]: {
        facts: NO_FACTS,
        loss: forGood(named("all items in")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
    [FILE_SYSTEM]: {
        facts: NO_FACTS,
        loss: forGood(says("all files in it")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
    [KMS_KEY]: {
        facts: NO_FACTS,
        loss: forGood(says("the key, and with it everything encrypted under it")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [DATABASE_CLUSTER]: {
        facts: NO_FACTS,
        loss: forGood(says("the database")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
    [DATABASE_INSTANCE]: {
        facts: NO_FACTS,
        loss: forGood(says("the database")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
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
    [SECRET]: {
        facts: NO_FACTS,
        loss: forGood(named("all versions of the secret")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};
