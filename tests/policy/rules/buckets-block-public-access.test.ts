import { bucketsBlockPublicAccess } from "../../../policy/rules/buckets-block-public-access";
import { BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource } from "../resources";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

prove(bucketsBlockPublicAccess, {
    meets: { "all four ways": [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL })] },
    breaks: {
        none: [[resource(BUCKET)], /does not block public access/],
        "three ways": [
            [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL, ignorePublicAcls: false })],
            /does not block public access/,
        ],
    },
    unknown: [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL, blockPublicAcls: UNKNOWN })],
});
