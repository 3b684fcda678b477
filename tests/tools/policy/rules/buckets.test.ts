import { UNKNOWN } from "../../../../tools/inventory/inputs";
import {
    BUCKET,
    BUCKET_ACL,
    BUCKET_LIFECYCLE,
    BUCKET_LOGGING,
    BUCKET_OWNERSHIP,
    BUCKET_POLICY,
    BUCKET_PUBLIC_ACCESS_BLOCK,
} from "../../../../tools/inventory/types/s3";
import { prove } from "../../../support/prove";
import { allow, altered, having, resource, without } from "../../../support/resources";

const OWN = "fargate-prod-logs";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

prove("buckets-block-public-access", {
    meets: { "all four ways": [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL })] },
    breaks: {
        none: [[resource(BUCKET)], /does not block public access/],
        "three ways": [
            [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL, ignorePublicAcls: false })],
            /does not block public access/,
        ],
    },
    unknown: [resource(BUCKET), resource(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket: "Bucket", ...ALL, blockPublicAcls: UNKNOWN })],
    broken: { by: having(BUCKET_PUBLIC_ACCESS_BLOCK, "log-bucket-privacy", { restrictPublicBuckets: false }) },
});

prove("buckets-disable-acls", {
    meets: {
        "the default": [resource(BUCKET)],
        "ownership by the bucket": [resource(BUCKET_OWNERSHIP, { rule: { objectOwnership: "BucketOwnerEnforced" } })],
    },
    breaks: {
        "an ACL": [[resource(BUCKET_ACL, { acl: "private" })], /it is an ACL/],
        "an ACL of the bucket itself": [[resource(BUCKET, { acl: "log-delivery-write" })], /it has an ACL/],
        "ownership by the writer": [
            [resource(BUCKET_OWNERSHIP, { rule: { objectOwnership: "ObjectWriter" } })],
            /objectOwnership is ObjectWriter/,
        ],
    },
    unknown: [resource(BUCKET_OWNERSHIP, { rule: UNKNOWN })],
    broken: { by: having(BUCKET, OWN, { acl: "log-delivery-write" }) },
});

prove("buckets-expire-objects", {
    meets: { "a lifecycle": [resource(BUCKET), resource(BUCKET_LIFECYCLE, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /no lifecycle configuration/] },
    broken: { by: without(BUCKET_LIFECYCLE, "log-bucket-lifecycle") },
});

const policy = (statement: object) =>
    resource(BUCKET_POLICY, { policy: allow({ Resource: "arn:aws:s3:::logs/*", ...statement }) });

prove("buckets-keep-other-accounts-out", {
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
    broken: {
        by: altered(BUCKET_POLICY, "log-bucket-policy", inputs => ({
            ...inputs,
            policy: String(inputs["policy"]).replace(
                '{"Service":"delivery.logs.amazonaws.com"},"Action":["s3:PutObject"]',
                '"*","Action":["s3:*"]',
            ),
        })),
    },
});

prove("buckets-log-access", {
    meets: { "access logs": [resource(BUCKET), resource(BUCKET_LOGGING, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /it does not log access/] },
});

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

prove("buckets-require-tls", {
    meets: { "a denial without TLS": [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: deny("false") })] },
    breaks: {
        "no policy": [[resource(BUCKET)], /it answers without TLS/],
        "a denial with TLS": [
            [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: deny("true") })],
            /without TLS/,
        ],
    },
    unknown: [resource(BUCKET), resource(BUCKET_POLICY, { bucket: "Bucket", policy: UNKNOWN })],
    broken: { by: without(BUCKET_POLICY, "log-bucket-policy") },
});
