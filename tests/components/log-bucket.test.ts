import assert from "node:assert/strict";
import { LogBucket, LogBucketArgs } from "../../components/log-bucket";
import { cached, declare, json } from "../support/declared";

const ARGS: LogBucketArgs = {
    namePrefix: "fargate-prod-logs",
    region: "ap-northeast-2",
    account: "123456789012",
    accessLogs: true,
    flowLogs: true,
    folders: { access: "fargate-prod/access", connections: "fargate-prod/connections", flows: "fargate-prod/flows" },
    logRetentionDays: 365,
    deletionProtection: true,
};

const made = cached((changes: Partial<LogBucketArgs> = {}) =>
    declare(() => new LogBucket("log-bucket", { ...ARGS, ...changes }).bucketName),
);

const PARTS = [
    "s3.BucketLifecycleConfiguration log-bucket-lifecycle",
    "s3.BucketOwnershipControls log-bucket-ownership",
    "s3.BucketPolicy log-bucket-policy",
    "s3.BucketPublicAccessBlock log-bucket-privacy",
    "s3.BucketServerSideEncryptionConfiguration log-bucket-encryption",
];
const OWN = "s3.Bucket fargate-prod-logs";

describe("the log bucket", () => {
    it("is a bucket with all that locks it down, under a name that Pulumi completes", async () => {
        const declared = await made();
        assert.deepEqual(declared.list, ["LogBucket log-bucket", OWN, ...PARTS]);
        assert.equal(declared.inputs(OWN)["bucket"], undefined);
    });

    it("blocks public access, has no ACLs, and is encrypted with S3's own keys, the only ones that load balancers write under", async () => {
        const declared = await made();
        const { bucket: _, ...blocks } = declared.inputs("s3.BucketPublicAccessBlock log-bucket-privacy");
        assert.deepEqual(Object.values(blocks), [true, true, true, true]);
        assert.deepEqual(declared.inputs("s3.BucketOwnershipControls log-bucket-ownership")["rule"], {
            objectOwnership: "BucketOwnerEnforced",
        });
        assert.deepEqual(declared.inputs("s3.BucketServerSideEncryptionConfiguration log-bucket-encryption")["rules"], [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
    });

    it("lets logs go after the retention time", async () => {
        const { rules } = (await made({ logRetentionDays: 7 })).inputs("s3.BucketLifecycleConfiguration log-bucket-lifecycle");
        const [rule, ...others] = rules as { expiration: unknown; filter: unknown; status: unknown }[];
        assert.deepEqual(others, []);
        assert.deepEqual([rule?.status, rule?.filter, rule?.expiration], ["Enabled", { prefix: "" }, { days: 7 }]);
    });

    it("stays as it is where the stack is protected: bucket, policy, privacy and the lifecycle that empties it", async () => {
        const declared = await made();
        for (const part of [OWN, ...PARTS]) assert.ok(declared.one(part).retainOnDelete, part);
        assert.equal(declared.inputs(OWN)["forceDestroy"], false);
    });

    it("goes with all that is in it where nothing is protected", async () => {
        const declared = await made({ deletionProtection: false });
        for (const part of [OWN, ...PARTS]) assert.ok(!declared.one(part).retainOnDelete, part);
        assert.equal(declared.inputs(OWN)["forceDestroy"], true);
    });

    it("is told to whoever writes to it once its policy lets logs in, which comes after its privacy", async () => {
        const declared = await made();
        assert.equal(declared.outputs, "Bucket:fargate-prod-logs");
        assert.ok(declared.before("s3.BucketPolicy log-bucket-policy").has("s3.BucketPublicAccessBlock log-bucket-privacy"));
    });

    it("lets in the writers that there are, and nobody else", async () => {
        const writers = async (changes: Partial<LogBucketArgs>) => {
            const { policy } = (await made(changes)).inputs("s3.BucketPolicy log-bucket-policy");
            return (json(policy) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
        };
        assert.deepEqual(await writers({}), ["OnlyTls", "LoadBalancerWrites", "AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]);
        assert.deepEqual(await writers({ flowLogs: false }), ["OnlyTls", "LoadBalancerWrites"]);
        assert.deepEqual(await writers({ accessLogs: false }), ["OnlyTls", "AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]);
    });

    it("shows its plain arguments in a preview", async () => {
        assert.deepEqual((await made()).inputs("LogBucket log-bucket"), ARGS);
    });
});
