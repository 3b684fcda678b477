import { policiesNameResources } from "../../../../tools/policy/rules/policies-name-resources";
import { ROLE_POLICY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const policy = (statement: object) => resource(ROLE_POLICY, { policy: allow({ ...statement }) });

prove(policiesNameResources, {
    meets: {
        "named resources": [policy({ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::assets/*"] })],
        "resources in every Region behind a prefix": [
            policy({ Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:*:123456789012:orders-*"] }),
        ],
        "actions that know none": [
            policy({ Action: ["ecr:GetAuthorizationToken", "sqs:ListQueues", "textract:DetectDocumentText"], Resource: ["*"] }),
        ],
        "one table, bucket, secret and path of parameters": [
            policy({
                Action: ["dynamodb:Query", "s3:GetObject", "secretsmanager:GetSecretValue", "ssm:GetParameter"],
                Resource: [
                    "arn:aws:dynamodb:*:123456789012:table/orders/index/*",
                    "arn:aws:s3:::assets/*",
                    "arn:aws:secretsmanager:*:123456789012:secret:shop/*",
                    "arn:aws:ssm:*:123456789012:parameter/shop/*",
                ],
            }),
        ],
        "what an encryption context names, under any key": [
            policy({
                Action: ["kms:Decrypt"],
                Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
            }),
        ],
    },
    breaks: {
        "every resource": [[policy({ Action: ["sqs:SendMessage"], Resource: ["*"] })], /it allows sqs:SendMessage on everything/],
        "every resource of a service": [
            [policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" })],
            /s3:GetObject on everything/,
        ],
        "every resource, in other words": [[policy({ Action: "s3:GetObject", Resource: "**" })], /s3:GetObject on everything/],
        "every resource of a partition": [[policy({ Action: "s3:GetObject", Resource: "arn:aws:*" })], /on everything/],
        "every resource of what begins a service's name": [
            [policy({ Action: "s3:GetObject", Resource: "arn:*:s3*" })],
            /on everything/,
        ],
        "every secret": [
            [policy({ Action: "secretsmanager:GetSecretValue", Resource: "arn:aws:secretsmanager:*:*:secret:*" })],
            /GetSecretValue on everything by arn:aws:secretsmanager:\*:\*:secret:\*/,
        ],
        "every object of every bucket": [[policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" })], /on everything by/],
        "every key, by way of a service": [
            [
                policy({
                    Action: "kms:Decrypt",
                    Resource: "arn:aws:kms:eu-west-1:123456789012:key/*",
                    Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
                }),
            ],
            /kms:Decrypt on everything/,
        ],
        "an action that administers the account": [[policy({ Action: "kms:CreateKey", Resource: "*" })], /kms:CreateKey/],
        "an action beside one that knows none": [
            [policy({ Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], Resource: ["*"] })],
            /ecr:BatchGetImage on everything/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", { policy: allow({ Action: ["logs:PutLogEvents"], Resource: ["*"] }) }),
    },
});
