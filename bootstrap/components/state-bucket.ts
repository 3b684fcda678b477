import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { stateBucketPolicy } from "../../iam/state";

export interface StateBucketArgs {
    /** Physical name of the bucket: roles' policies and `pulumi login` are written against it. */
    readonly bucketName: string;
}

/** Days after which a version that was written over, or deleted, goes. */
const OLD_VERSION_DAYS = 90;

/** Days after which the parts of an upload that never ended go. */
const UNFINISHED_UPLOAD_DAYS = 7;

/**
 * The bucket that holds the stacks' state: private, encrypted, versioned. It is deleted only after `pulumi state unprotect`, and when it is empty.
 *
 * Cost: storage, some megabytes; requests, some hundred an update.
 *
 * @example
 * ```ts
 * import { StateBucket } from "./components/state-bucket";
 *
 * const bucket = new StateBucket("state", { bucketName: "shop-state-123456789012-ap-northeast-2" });
 *
 * export const bucketArn = bucket.arn;
 * ```
 */
export class StateBucket extends pulumi.ComponentResource {
    /** ARN of the bucket. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: StateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("fargate-bootstrap:index:StateBucket", name, { ...args }, opts);

        const { id: bucket, arn } = new aws.s3.Bucket(
            `${name}-bucket`,
            { bucket: args.bucketName },
            { parent: this, protect: true },
        );
        new aws.s3.BucketOwnershipControls(
            `${name}-ownership`,
            { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
            { parent: this },
        );
        const privacy = new aws.s3.BucketPublicAccessBlock(
            `${name}-privacy`,
            { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
            { parent: this },
        );
        // S3's own keys: under a key of the account's, every role would need that key too.
        new aws.s3.BucketServerSideEncryptionConfiguration(
            `${name}-encryption`,
            { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
            { parent: this },
        );
        new aws.s3.BucketPolicy(
            `${name}-policy`,
            { bucket, policy: arn.apply(bucketArn => JSON.stringify(stateBucketPolicy(bucketArn))) },
            // S3 refuses two changes of a bucket's access at the same time.
            { parent: this, dependsOn: [privacy] },
        );
        const versioning = new aws.s3.BucketVersioning(
            `${name}-versioning`,
            { bucket, versioningConfiguration: { status: "Enabled" } },
            // It would be gone before the bucket is kept.
            { parent: this, protect: true },
        );
        new aws.s3.BucketLifecycleConfiguration(
            `${name}-lifecycle`,
            {
                bucket,
                rules: [
                    {
                        id: "old-versions",
                        status: "Enabled",
                        filter: { prefix: "" },
                        noncurrentVersionExpiration: { noncurrentDays: OLD_VERSION_DAYS },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_UPLOAD_DAYS },
                    },
                ],
            },
            // A rule on old versions needs a bucket that has them.
            { parent: this, dependsOn: [versioning] },
        );

        this.arn = arn;
        this.registerOutputs({ arn });
    }
}
