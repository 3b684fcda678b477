import assert from "node:assert/strict";
import { keepsKey } from "../../settings/encryption";
import { Given, problems, settings } from "../support/given";

const KEY = "arn:aws:kms:ap-northeast-2:123456789012:key/12345678-1234-1234-1234-123456789012";

const keyOf = (given: Given) => settings(given).encryption?.customerKey;

describe("the key of a stack", () => {
    it("is its own, another, or none: what the file says, and else the profile", () => {
        assert.equal(keyOf({ encryption: { customerKey: true } }), true);
        assert.equal(keyOf({ encryption: { customerKey: KEY } }), KEY);
        assert.equal(keyOf({ profile: "production", allowHttp: true, encryption: { customerKey: false } }), undefined);
        assert.ok(!("encryption" in JSON.parse(JSON.stringify(settings()))));
    });

    it("is kept where what it wrote is to be read for longer than it can be had back", () => {
        assert.ok(!keepsKey(settings({ logRetentionDays: 30 })));
        assert.ok(keepsKey(settings({ logRetentionDays: 60 })));
        assert.ok(keepsKey(settings({ logRetentionDays: 7, deletionProtection: true })));
    });

    it("is named by its ARN, in the stack's region and partition", () => {
        for (const [customerKey, allowed] of [
            ["alias/shop", /true for a key of the stack's own/],
            ["arn:aws:kms:ap-northeast-2:123456789012:alias/shop", /true for a key of the stack's own/],
            [KEY.replace("ap-northeast-2", "eu-west-1"), /a key in ap-northeast-2, the stack's region/],
            [KEY.replace("arn:aws:", "arn:aws-cn:"), /what is in aws, the partition of ap-northeast-2/],
        ] as const)
            assert.match(problems({ encryption: { customerKey } }).join("\n"), allowed);
    });
});
