import { stackRule } from "../rule";
import { BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketsBlockPublicAccess = stackRule({
    name: "buckets-block-public-access",
    title: "Buckets block public access, in all four ways.",
    controls: ["S3.2", "S3.3", "S3.8"],
    severity: "critical",
    reason: "One wrong policy or ACL later, anybody reads the bucket.",
    fix: `Make an aws.s3.BucketPublicAccessBlock with ${BLOCKS.join(", ")}.`,
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket =>
                stack
                    .referring(bucket, BUCKET_PUBLIC_ACCESS_BLOCK, "bucket")
                    .every(({ inputs }) => !BLOCKS.every(block => mayBe(inputs[block], true))),
            )
            .map(resource => ({ resource, what: "it does not block public access" })),
});
