import { UNKNOWN, at, isAbsent, mayBe, parsed, show } from "../../inventory/inputs";
import {
    BUCKET,
    BUCKET_ACL,
    BUCKET_LIFECYCLE,
    BUCKET_LOGGING,
    BUCKET_OWNERSHIP,
    BUCKET_POLICY,
    BUCKET_PUBLIC_ACCESS_BLOCK,
} from "../../inventory/types/s3";
import { COMPONENT } from "../../../model/names";
import { covers, statements } from "../reading/statements";
import { Rule, resourceRule, stackRule } from "../rule";

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const bucketsBlockPublicAccess = stackRule({
    name: "buckets-block-public-access",
    title: "Buckets block public access, in all four ways.",
    controls: ["S3.2", "S3.3", "S3.8"],
    severity: "critical",
    reason: "One wrong policy or ACL later, anybody reads the bucket.",
    fix: `Make an aws.s3.BucketPublicAccessBlock with ${BLOCKS.join(", ")}.`,
    standing: { is: "met", where: "components/log-bucket.ts" },
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

const bucketsDisableAcls = resourceRule({
    name: "buckets-disable-acls",
    title: "Buckets have no ACLs.",
    controls: ["S3.12"],
    severity: "medium",
    reason: "ACLs grant beside the policies, object by object, where nobody looks.",
    fix: 'Leave objectOwnership at "BucketOwnerEnforced", the default, and grant by policy.',
    standing: { is: "met", where: "components/log-bucket.ts" },
    types: [BUCKET, BUCKET_ACL, BUCKET_OWNERSHIP],
    check: ({ type, inputs }) => {
        if (type === BUCKET_ACL) return "it is an ACL";
        if (type === BUCKET) return isAbsent(inputs["acl"]) && isAbsent(inputs["grants"]) ? undefined : "it has an ACL";
        const ownership = at(inputs, "rule", "objectOwnership");
        return mayBe(ownership, "BucketOwnerEnforced") ? undefined : `objectOwnership is ${show(ownership)}`;
    },
});

const bucketsExpireObjects = stackRule({
    name: "buckets-expire-objects",
    title: "Buckets have a lifecycle configuration.",
    controls: ["S3.13"],
    severity: "low",
    reason: "Logs would be kept and billed for ever.",
    fix: "Make an aws.s3.BucketLifecycleConfiguration that expires objects.",
    standing: { is: "met", where: "components/log-bucket.ts" },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket => stack.referring(bucket, BUCKET_LIFECYCLE, "bucket").length === 0)
            .map(resource => ({ resource, what: "it has no lifecycle configuration" })),
});

/** What Security Hub's S3.6 lets nobody else do. */
const OWNERS_ACTIONS = [
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
];

const bucketsKeepOtherAccountsOut = resourceRule({
    name: "buckets-keep-other-accounts-out",
    title: "Bucket policies let nobody change who may do what.",
    controls: ["S3.6"],
    severity: "high",
    reason: "Who may write the policy of a bucket owns the bucket.",
    fix: `Take ${OWNERS_ACTIONS.join(", ")} out of the policy; roles of the account have them by IAM.`,
    standing: { is: "met", where: "iam/log-bucket.ts" },
    types: [BUCKET_POLICY],
    check: ({ inputs }) =>
        statements(inputs["policy"])
            .filter(({ effect, principals }) => effect === "Allow" && principals.some(([kind]) => kind === "*" || kind === "AWS"))
            .flatMap(statement => OWNERS_ACTIONS.filter(action => covers(statement, action)))
            .map(action => `it allows ${action}`),
});

const bucketsLogAccess = stackRule({
    name: "buckets-log-access",
    title: "Buckets log who reads and writes them.",
    controls: ["S3.9"],
    severity: "medium",
    reason: "After an incident nobody could tell what was taken.",
    fix: "Make an aws.s3.BucketLogging, to a bucket for logs.",
    standing: {
        is: "excepted",
        reason: "Logs about a bucket for logs would be logs about themselves: S3 advises against it, and Security Hub against asking it of such a bucket.",
        covers: ({ urn }) => urn.includes(COMPONENT.logBucket),
    },
    types: [BUCKET],
    find: stack =>
        stack
            .ofType(BUCKET)
            .filter(bucket => stack.referring(bucket, BUCKET_LOGGING, "bucket").length === 0)
            .map(resource => ({ resource, what: "it does not log access" })),
});

const bucketsRequireTls = stackRule({
    name: "buckets-require-tls",
    title: "Buckets refuse requests without TLS.",
    controls: ["S3.5"],
    severity: "medium",
    reason: "What is asked for over HTTP can be read and changed on its way.",
    fix: 'Deny s3:* in an aws.s3.BucketPolicy where aws:SecureTransport is "false".',
    standing: { is: "met", where: "iam/log-bucket.ts" },
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

export const bucketRules: readonly Rule[] = [
    bucketsBlockPublicAccess,
    bucketsDisableAcls,
    bucketsExpireObjects,
    bucketsKeepOtherAccountsOut,
    bucketsLogAccess,
    bucketsRequireTls,
];
