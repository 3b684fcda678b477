import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LogWriters, logBucketPolicy } from "../iam/log-bucket";
import { COMPONENT } from "../model/names";

/** Plain, all of it. */
export interface LogBucketArgs extends Omit<LogWriters, "bucketName"> {
    /** What the bucket's name starts with, which roles' policies are written against. Pulumi adds a suffix, so that a kept bucket is not in the next one's way. */
    readonly namePrefix: string;
    /** Region of the bucket and of what writes to it. */
    readonly region: string;
    /** Id of the account. */
    readonly account: string;
    /** Whether the load balancer writes to it. */
    readonly accessLogs: boolean;
    /** Whether the VPC's flow logs are written to it. */
    readonly flowLogs: boolean;
    /** Folders of the bucket, by what is in them. */
    readonly folders: LogWriters["folders"];
    /** Days after which a log goes. */
    readonly logRetentionDays: number;
    /** Whether the bucket stays, as it is, when the stack lets go of it; otherwise it goes with all that is in it. */
    readonly deletionProtection: boolean;
}

/** Days after which the parts of an upload that never ended go. */
const UNFINISHED_UPLOAD_DAYS = 7;

/**
 * The bucket that AWS's own services write logs to: private, without ACLs, encrypted with S3's own keys, on TLS alone, emptied by its lifecycle.
 *
 * It keeps no access log of itself: S3 advises against a bucket that logs into itself, and Security Hub against asking it of a bucket for logs (S3.9).
 *
 * Cost: storage of the logs, compressed; and requests, one for each file.
 *
 * @example
 * ```ts
 * import { LogBucket } from "./components/log-bucket";
 *
 * const bucket = new LogBucket("log-bucket", {
 *     namePrefix: "shop-staging-logs",
 *     region: "ap-northeast-2",
 *     account: "123456789012",
 *     accessLogs: true,
 *     flowLogs: true,
 *     folders: { access: "shop-staging/access", connections: "shop-staging/connections", flows: "shop-staging/flows" },
 *     logRetentionDays: 365,
 *     deletionProtection: true,
 * });
 *
 * export const logBucket = bucket.bucketName;
 * ```
 */
export class LogBucket extends pulumi.ComponentResource {
    /** Name of the bucket, once its policy lets logs in. */
    readonly bucketName: pulumi.Output<string>;

    constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.logBucket, name, { ...args }, opts);

        // A bucket that is kept keeps its policy, its privacy and its lifecycle, which goes on emptying it.
        const kept = { parent: this, retainOnDelete: args.deletionProtection };
        const { id: bucket } = new aws.s3.Bucket(args.namePrefix, { forceDestroy: !args.deletionProtection }, kept);
        new aws.s3.BucketOwnershipControls(
            `${name}-ownership`,
            { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
            kept,
        );
        const privacy = new aws.s3.BucketPublicAccessBlock(
            `${name}-privacy`,
            { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
            kept,
        );
        // Load balancers write to no bucket with a key of the account's.
        new aws.s3.BucketServerSideEncryptionConfiguration(
            `${name}-encryption`,
            { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
            kept,
        );
        new aws.s3.BucketLifecycleConfiguration(
            `${name}-lifecycle`,
            {
                bucket,
                rules: [
                    {
                        id: "retention",
                        status: "Enabled",
                        filter: { prefix: "" },
                        expiration: { days: args.logRetentionDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_UPLOAD_DAYS },
                    },
                ],
            },
            kept,
        );
        const policy = new aws.s3.BucketPolicy(
            `${name}-policy`,
            { bucket, policy: bucket.apply(bucketName => JSON.stringify(logBucketPolicy({ ...args, bucketName }))) },
            // S3 refuses two changes of a bucket's access at the same time.
            { ...kept, dependsOn: [privacy] },
        );

        this.bucketName = policy.bucket;
        this.registerOutputs({ bucketName: this.bucketName });
    }
}
