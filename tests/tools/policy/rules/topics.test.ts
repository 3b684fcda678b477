import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { TOPIC, TOPIC_POLICY } from "../../../../tools/inventory/types/sns";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

prove("topics-are-encrypted", {
    meets: { "a key": [resource(TOPIC, { kmsMasterKeyId: "alias/mine" })] },
    breaks: { none: [[resource(TOPIC)], /it is not encrypted/] },
    unknown: [resource(TOPIC, { kmsMasterKeyId: UNKNOWN })],
    broken: { by: having(TOPIC, "alarm-topic", { kmsMasterKeyId: undefined }) },
});

prove("topics-are-not-public", {
    meets: {
        "a service": [
            resource(TOPIC_POLICY, {
                policy: allow({ Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish" }),
            }),
        ],
        "everybody of this account": [
            resource(TOPIC, {
                policy: allow({
                    Principal: { AWS: "*" },
                    Action: "sns:Publish",
                    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
                }),
            }),
        ],
    },
    breaks: {
        everybody: [
            [resource(TOPIC_POLICY, { policy: allow({ Principal: "*", Action: "sns:Subscribe" }) })],
            /lets in everybody/,
        ],
        "everybody but somebody": [
            [
                resource(TOPIC_POLICY, {
                    policy: allow({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sns:Subscribe" }),
                }),
            ],
            /lets in everybody/,
        ],
    },
    unknown: [resource(TOPIC, { policy: UNKNOWN }), resource(TOPIC_POLICY, { policy: UNKNOWN })],
    broken: { by: having(TOPIC, "alarm-topic", { policy: allow({ Principal: "*", Action: "sns:Publish" }) }) },
});
