import { resourceRule } from "../rule";
import { covers, statements } from "../reading/statements";
import { BUCKET_POLICY } from "../../inventory/types";

/** What Security Hub's S3.6 lets nobody else do. */
const OWNERS_ACTIONS = [
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
];

export const bucketsKeepOtherAccountsOut = resourceRule({
    name: "buckets-keep-other-accounts-out",
    title: "Bucket policies let nobody change who may do what.",
    controls: ["S3.6"],
    severity: "high",
    reason: "Who may write the policy of a bucket owns the bucket.",
    fix: `Take ${OWNERS_ACTIONS.join(", ")} out of the policy; roles of the account have them by IAM.`,
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET_POLICY],
    check: ({ inputs }) =>
        statements(inputs["policy"])
            .filter(({ effect, principals }) => effect === "Allow" && principals.some(([kind]) => kind === "*" || kind === "AWS"))
            .flatMap(statement => OWNERS_ACTIONS.filter(action => covers(statement, action)))
            .map(action => `it allows ${action}`),
});
