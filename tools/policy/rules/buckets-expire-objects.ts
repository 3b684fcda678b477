import { stackRule } from "../rule";
import { BUCKET, BUCKET_LIFECYCLE } from "../../inventory/types";

export const bucketsExpireObjects = stackRule({
    name: "buckets-expire-objects",
    title: "Buckets have a lifecycle configuration.",
    controls: ["S3.13"],
    severity: "low",
    reason: "Logs would be kept and billed for ever.",
    fix: "Make an aws.s3.BucketLifecycleConfiguration that expires objects.",
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket => stack.referring(bucket, BUCKET_LIFECYCLE, "bucket").length === 0)
            .map(resource => ({ resource, what: "it has no lifecycle configuration" })),
});
