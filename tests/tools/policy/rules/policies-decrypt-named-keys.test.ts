import { policiesDecryptNamedKeys } from "../../../../tools/policy/rules/policies-decrypt-named-keys";
import { ROLE_POLICY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const policy = (statement: object) => resource(ROLE_POLICY, { policy: allow({ Action: ["kms:Decrypt"], ...statement }) });

prove(policiesDecryptNamedKeys, {
    meets: {
        "a named key": [policy({ Resource: ["arn:aws:kms:eu-west-1:123456789012:key/1234"] })],
        "what an encryption context names": [
            policy({
                Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
            }),
        ],
    },
    breaks: {
        "every key of the account": [
            [policy({ Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"] })],
            /it allows kms:Decrypt with every key/,
        ],
        "every key, in other words": [[policy({ Resource: ["arn:aws:kms:*:*:key?*"] })], /with every key/],
        "all that an encryption context does not name": [
            [
                policy({
                    Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                    Condition: { StringNotEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
                }),
            ],
            /with every key/,
        ],
        "every key, by way of a service": [
            [
                policy({
                    Resource: ["*"],
                    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
                }),
            ],
            /with every key/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["kms:Decrypt"], Resource: ["arn:aws:kms:ap-northeast-2:000000000000:key/*"] }),
        }),
        with: ["policies-name-resources"],
    },
});
