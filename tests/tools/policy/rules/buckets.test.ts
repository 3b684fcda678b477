import { bucketsKeepOtherAccountsOut } from "../../../../tools/policy/rules/buckets-keep-other-accounts-out";
import { BUCKET_POLICY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, resource } from "../../../support/resources";

const policy = (statement: object) =>
    resource(BUCKET_POLICY, { policy: allow({ Resource: "arn:aws:s3:::logs/*", ...statement }) });

prove(bucketsKeepOtherAccountsOut, {
    meets: {
        "a service that writes logs": [
            policy({ Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, Action: "s3:PutObject" }),
        ],
        "an account that reads": [policy({ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "s3:GetObject" })],
    },
    breaks: {
        "an account that writes the policy": [
            [policy({ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "s3:PutBucketPolicy" })],
            /it allows s3:PutBucketPolicy/,
        ],
        "a wildcard that covers it": [
            [policy({ Principal: "*", Action: "s3:DeleteBucket*" })],
            /it allows s3:DeleteBucketPolicy/,
        ],
    },
    unknown: [resource(BUCKET_POLICY, { policy: UNKNOWN })],
});
