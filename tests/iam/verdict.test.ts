import assert from "node:assert/strict";
import { verdict } from "../../iam/verdict";
import { policy } from "../../iam/documents";

const bucket = "arn:aws:s3:::assets";
const document = policy(
    { Effect: "Allow", Action: ["s3:Get*", "sqs:SendMessage"], Resource: [`${bucket}/*`, "arn:aws:sqs:*:*:job-?"] },
    { Effect: "Allow", Action: ["kms:Decrypt"], Resource: ["*"], Condition: { StringEquals: { "kms:ViaService": "s3" } } },
    { Effect: "Deny", Action: ["s3:*"], Resource: [`${bucket}/state/*`] },
);

describe("the verdict of a policy", () => {
    it("is for what a statement names, in whatever case an action is written", () => {
        assert.equal(verdict(document, "s3:GetObject", `${bucket}/a`), "allowed");
        assert.equal(verdict(document, "S3:getobject", `${bucket}/a`), "allowed");
        assert.equal(verdict(document, "s3:PutObject", `${bucket}/a`), "not named");
        assert.equal(verdict(document, "s3:GetObject", bucket), "not named");
    });

    it("is for patterns where all that they stand for is named", () => {
        assert.equal(verdict(document, "s3:GetObject*", `${bucket}/*`), "allowed");
        assert.equal(verdict(document, "s3:*", `${bucket}/*`), "not named");
        assert.equal(verdict(document, "s3:GetObject", "arn:aws:s3:::*"), "not named");
        assert.equal(verdict(document, "s3:GetObject", "*"), "not named");
        assert.equal(verdict(document, "sqs:SendMessage", "arn:aws:sqs:r:1:job-1"), "allowed");
        assert.equal(verdict(document, "sqs:SendMessage", "arn:aws:sqs:r:1:job-*"), "not named");
    });

    it("is that it is denied where all of it is", () => {
        assert.equal(verdict(document, "s3:GetObject", `${bucket}/state/a`), "denied");
        assert.equal(verdict(document, "s3:GetObject", `${bucket}/*`), "allowed");
    });

    it("passes statements with conditions over", () => {
        assert.equal(verdict(document, "kms:Decrypt", "arn:aws:kms:r:1:key/1"), "not named");
    });
});
