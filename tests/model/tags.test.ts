import assert from "node:assert/strict";
import { DEFAULT_TAGS, OWN_TAGS, providerArgs } from "../../model/tags";
import { settings } from "../support/given";

const ROLE = "arn:aws:iam::123456789012:role/deploy";

describe("the explicit AWS provider", () => {
    it("is given everything found under aws:, since it reads no configuration by itself", () => {
        const given = {
            "aws:profile": "shop",
            "aws:assumeRoles": [{ roleArn: ROLE, externalId: "shop" }],
            "aws:allowedAccountIds": ["123456789012"],
            "aws:endpoints": [{ ec2: "http://localhost:5000" }],
            "aws:skipRequestingAccountId": true,
            "aws:s3UsePathStyle": true,
        };
        const { defaultTags: _, ...args } = providerArgs(settings(given));
        assert.deepEqual(args, {
            region: "ap-northeast-2",
            profile: "shop",
            assumeRoles: [{ roleArn: ROLE, externalId: "shop" }],
            allowedAccountIds: ["123456789012"],
            endpoints: [{ ec2: "http://localhost:5000" }],
            skipRequestingAccountId: true,
            s3UsePathStyle: true,
        });
    });

    it("tags everything with project, stack and manager, and with fargate:tags, on top of the provider's own tags", () => {
        const tags = { team: "shop" };
        const own = { tags: { cost: "1", team: "y" } };
        assert.deepEqual(providerArgs(settings({ tags, "aws:defaultTags": own })).defaultTags, {
            tags: { cost: "1", project: "fargate", stack: "dev", "managed-by": "pulumi", team: "shop" },
        });
        assert.deepEqual(providerArgs(settings()).defaultTags, {
            tags: { project: "fargate", stack: "dev", "managed-by": "pulumi" },
        });
    });

    it("leaves no tag that it gives to fargate:tags", () => {
        assert.deepEqual(
            DEFAULT_TAGS.filter(name => !OWN_TAGS.includes(name)),
            [],
        );
    });
});
