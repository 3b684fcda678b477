import { bucketsRequireTls } from "../../../../tools/policy/rules/buckets";
import { BUCKET, BUCKET_POLICY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

const deny = (tls: string) =>
    JSON.stringify({
        Statement: [
            {
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: "arn:aws:s3:::logs/*",
                Condition: { Bool: { "aws:SecureTransport": tls } },
            },
        ],
    });

prove(bucketsRequireTls, {
    meets: { "a denial without TLS": [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: deny("false") })] },
    breaks: {
        "no policy": [[resource(BUCKET)], /it answers without TLS/],
        "a denial with TLS": [
            [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: deny("true") })],
            /without TLS/,
        ],
    },
    unknown: [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: UNKNOWN })],
});
