import { stackRule } from "../rule";
import { statements } from "../reading/statements";
import { BUCKET, BUCKET_POLICY } from "../../inventory/types";
import { UNKNOWN, at, parsed } from "../../inventory/inputs";

export const bucketsRequireTls = stackRule({
    name: "buckets-require-tls",
    title: "Buckets refuse requests without TLS.",
    controls: ["S3.5"],
    severity: "medium",
    reason: "What is asked for over HTTP can be read and changed on its way.",
    fix: 'Deny s3:* in an aws.s3.BucketPolicy where aws:SecureTransport is "false".',
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket =>
                stack.referring(bucket, BUCKET_POLICY, "bucket").every(({ inputs }) => !requiresTls(inputs["policy"])),
            )
            .map(resource => ({ resource, what: "it answers without TLS" })),
});

function requiresTls(policy: unknown): boolean {
    if (parsed(policy) === UNKNOWN) return true;
    return statements(policy).some(
        ({ effect, condition }) =>
            effect === "Deny" && String(at(condition, "Bool", "aws:SecureTransport")).toLowerCase() === "false",
    );
}
