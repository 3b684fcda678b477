import { bucketsBlockPublicAccess } from "../../../../tools/policy/rules/buckets-block-public-access";
import { BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

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
