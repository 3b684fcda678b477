import assert from "node:assert/strict";
import { isOfPartition, partitionOf, viaService } from "../../model/partitions";

describe("the partition of a region", () => {
    it("is told by what the region's name begins with", () => {
        const regions = ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"];
        assert.deepEqual(regions.map(partitionOf), ["aws", "aws", "aws-cn", "aws-us-gov", "aws-eusc"]);
        const isolated = ["us-iso-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-south-1"];
        assert.deepEqual(isolated.map(partitionOf), ["aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"]);
    });

    it("is that of the ARNs in it, of patterns for every partition too", () => {
        assert.ok(isOfPartition("arn:aws-cn:s3:::assets/*", "cn-north-1"));
        assert.ok(isOfPartition("arn:*:s3:::assets/*", "cn-north-1"));
        assert.ok(isOfPartition("*", "cn-north-1"));
        assert.ok(!isOfPartition("arn:aws:s3:::assets/*", "cn-north-1"));
        assert.ok(!isOfPartition("arn:aws-cn:s3:::assets/*", "us-east-1"));
    });

    it("has names for services that ask KMS", () => {
        assert.deepEqual(viaService("ssm", "us-gov-west-1"), ["ssm.us-gov-west-1.amazonaws.com"]);
        assert.deepEqual(viaService("ssm", "cn-north-1"), ["ssm.cn-north-1.amazonaws.com", "ssm.cn-north-1.amazonaws.com.cn"]);
    });
});
