import assert from "node:assert/strict";
import { LogWriters, logBucketPolicy } from "../../iam/log-bucket";
import { isAllowed } from "./evaluate";

const WRITERS: LogWriters = {
    bucketName: "logs",
    region: "ap-northeast-2",
    account: "123456789012",
    accessLogs: true,
    flowLogs: true,
    folders: { access: "shop/access", connections: "shop/connections", flows: "shop/flows" },
};

const principals = (writers: LogWriters) =>
    logBucketPolicy(writers).Statement.map(({ Sid, Principal }) => [Sid, Principal] as const);
const statement = (sid: string, writers = WRITERS) => {
    const found = logBucketPolicy(writers).Statement.find(({ Sid }) => Sid === sid);
    assert.ok(found, sid);
    return found;
};

describe("the policy of the log bucket", () => {
    it("lets in AWS's delivery services alone", () => {
        assert.deepEqual(principals(WRITERS), [
            ["OnlyTls", "*"],
            ["LoadBalancerWrites", { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }],
            ["AWSLogDeliveryWrite", { Service: "delivery.logs.amazonaws.com" }],
            ["AWSLogDeliveryAclCheck", { Service: "delivery.logs.amazonaws.com" }],
        ]);
    });

    it("lets a load balancer write this account's logs to its two folders, and nowhere else", () => {
        const { Action, Resource } = statement("LoadBalancerWrites");
        assert.deepEqual(Action, ["s3:PutObject"]);
        assert.deepEqual(Resource, [
            "arn:aws:s3:::logs/shop/access/AWSLogs/123456789012/*",
            "arn:aws:s3:::logs/shop/connections/AWSLogs/123456789012/*",
        ]);
    });

    it("lets flow logs in from this account and region alone", () => {
        // Whose the request is, the principal says.
        const delivery = logBucketPolicy(WRITERS)
            .Statement.slice(2)
            .map(({ Principal: _, ...statement }) => statement);
        const may = (action: string, arn: string, context: Readonly<Record<string, string>> = {}) =>
            isAllowed(
                { identity: [{ Version: "2012-10-17", Statement: delivery }] },
                {
                    action,
                    resources: [{ arn }],
                    context: {
                        "aws:SourceAccount": "123456789012",
                        "aws:SourceArn": "arn:aws:logs:ap-northeast-2:123456789012:delivery-source:x",
                        "s3:x-amz-acl": "bucket-owner-full-control",
                        ...context,
                    },
                },
            );
        const log = "arn:aws:s3:::logs/shop/flows/AWSLogs/123456789012/vpcflowlogs/x.gz";
        assert.ok(may("s3:PutObject", log));
        assert.ok(may("s3:GetBucketAcl", "arn:aws:s3:::logs"));
        assert.ok(!may("s3:PutObject", log.replace("flows/AWSLogs/123456789012", "flows/AWSLogs/210987654321")));
        assert.ok(!may("s3:PutObject", log.replace("/flows/", "/access/")));
        assert.ok(!may("s3:GetObject", log));
        for (const action of ["s3:PutObject", "s3:GetBucketAcl"]) {
            const arn = action === "s3:PutObject" ? log : "arn:aws:s3:::logs";
            assert.ok(!may(action, arn, { "aws:SourceAccount": "210987654321" }), action);
            assert.ok(!may(action, arn, { "aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:x" }), action);
        }
        assert.ok(!may("s3:PutObject", log, { "s3:x-amz-acl": "public-read" }));
    });

    it("is written in the region's partition, with the account that load balancers write from in China", () => {
        const writers = { ...WRITERS, region: "cn-north-1" };
        assert.deepEqual(statement("LoadBalancerWrites", writers).Principal, { AWS: "arn:aws-cn:iam::638102146993:root" });
        const arns = logBucketPolicy(writers).Statement.flatMap(({ Resource = [] }) => Resource);
        assert.ok(arns.every(arn => arn.startsWith("arn:aws-cn:s3:::logs")));
        const gov = statement("LoadBalancerWrites", { ...WRITERS, region: "us-gov-west-1" });
        assert.deepEqual(gov.Principal, { Service: "logdelivery.elasticloadbalancing.amazonaws.com" });
    });
});
