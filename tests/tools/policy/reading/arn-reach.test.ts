import assert from "node:assert/strict";
import { isEverything } from "../../../../tools/policy/reading/arn-reach";

const reach = (expected: boolean, ...arns: readonly string[]) => {
    for (const arn of arns) assert.equal(isEverything(arn), expected, arn);
};

describe("an ARN of a policy stands for everything", () => {
    it("where a wildcard reaches across its colons", () => {
        reach(true, "*", "**", "?*", "arn:aws:*", "arn:aws:s3*", "arn:aws:sqs:*", "arn:aws:sqs:eu-west-1:*");
    });

    it("of a service", () => {
        reach(true, "arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:sqs:*:*:*", "arn:aws:sns:eu-west-1:123456789012:?*");
    });

    it("of a kind", () => {
        reach(true, "arn:aws:secretsmanager:*:*:secret:*", "arn:aws:secretsmanager:eu-west-1:123456789012:secret*");
        reach(true, "arn:aws:dynamodb:*:*:table/*", "arn:aws:dynamodb:*:*:table/*/index/*", "arn:aws:kms:*:*:key/*");
        reach(true, "arn:aws:ssm:*:*:parameter/*", "arn:aws:logs:*:*:log-group:*:*", "arn:aws:s3:*:123456789012:accesspoint/*");
        reach(true, "arn:aws:apigateway:eu-west-1::/restapis/*", "arn:aws:kafka:*:*:cluster/*/*");
    });

    it("not where it names something, or how its name begins", () => {
        reach(false, "arn:aws:s3:::assets", "arn:aws:s3:::assets/*", "arn:aws:s3:::shop-*/*", "arn:aws:sqs:*:*:orders-*");
        reach(false, "arn:aws:secretsmanager:*:*:secret:shop/*", "arn:aws:dynamodb:*:*:table/orders/index/*");
        reach(
            false,
            "arn:aws:logs:*:*:log-group:shop:log-stream:*",
            "arn:aws:execute-api:*:*:shopapi/*",
            "arn:aws:sns:*:*:orders:*",
        );
        reach(false, "arn:aws:states:*:*:execution:shop:*", "arn:aws:bedrock:*::foundation-model/anthropic.*");
    });
});
