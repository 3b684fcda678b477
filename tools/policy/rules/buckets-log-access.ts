import { stackRule } from "../rule";
import { BUCKET, BUCKET_LOGGING } from "../../inventory/types";

export const bucketsLogAccess = stackRule({
    name: "buckets-log-access",
    title: "Buckets log who reads and writes them.",
    controls: ["S3.9"],
    severity: "medium",
    reason: "After an incident nobody could tell what was taken.",
    fix: "Make an aws.s3.BucketLogging; a bucket for logs may be its own target under another prefix.",
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket => stack.referring(bucket, BUCKET_LOGGING, "bucket").length === 0)
            .map(resource => ({ resource, what: "it does not log access" })),
});
