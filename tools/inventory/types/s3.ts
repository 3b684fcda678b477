import { fieldsOf, firstOf, textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, forNow, named, says } from "./row";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ACL = "aws:s3/bucketAcl:BucketAcl";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";
export const BUCKET_OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const BUCKET_V2 = "aws:s3/bucketV2:BucketV2";

export const ROWS: Rows = {
    [BUCKET]: {
        facts: inputs => [inputs["forceDestroy"] === true ? "goes with all that is in it" : "stays while anything is in it"],
        loss: forGood(named("all objects in", "bucket")),
        cost: PRICED,
        outputs: id => ({ bucket: id }),
    },
    [BUCKET_ENCRYPTION]: {
        facts: inputs => [textOf(fieldsOf(firstOf(inputs["rules"])["applyServerSideEncryptionByDefault"])["sseAlgorithm"])],
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [BUCKET_LIFECYCLE]: {
        facts: inputs => [`kept ${textOf(fieldsOf(firstOf(inputs["rules"])["expiration"])["days"])} days`],
        loss: forNow(says("the end of what is old: it stays")),
        cost: { free: "what it deletes is free to delete" },
        outputs: NO_OUTPUTS,
    },
    [BUCKET_OWNERSHIP]: {
        facts: inputs => [textOf(fieldsOf(inputs["rule"])["objectOwnership"])],
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [BUCKET_POLICY]: {
        facts: NO_FACTS,
        loss: forNow(says("what AWS's services would write meanwhile")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [BUCKET_PUBLIC_ACCESS_BLOCK]: {
        facts: () => ["public access blocked"],
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [BUCKET_V2]: {
        facts: NO_FACTS,
        loss: forGood(named("all objects in", "bucket")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
