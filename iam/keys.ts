import { Deployment, alarmTopicName, insightsLogGroup, stackPrefix } from "../model/names";
import { partition, partitionOf, viaService } from "../model/partitions";
import { Place, PolicyDocument, policy } from "./documents";
import { topicArn } from "./topic";

/** Everything of a key but to use it, or to let others: lost keys cannot be had back from outside of the account. */
const ADMINISTRATION = [
    ...["Describe", "Disable", "Enable", "Get", "List", "Put", "Revoke", "Update"].map(verb => `kms:${verb}*`),
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
];

const USE = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

const PUBLISH = ["kms:Decrypt", "kms:GenerateDataKey*"];

/**
 * The policy of a stack's key: whom IAM of the account lets, by way of the services that write under it; CloudWatch Logs for log groups of the stack;
 * and who publishes to its topic (each service's guide on encryption under a customer key). Nobody uses the key directly.
 */
export function keyPolicy({ region, account }: Place, deployment: Deployment): PolicyDocument {
    const aws = partitionOf(region);
    const groups = `arn:${aws}:logs:${region}:${account}:log-group`;
    const prefix = stackPrefix(deployment);
    const root = { AWS: `arn:${aws}:iam::${account}:root` };
    const ofThisKey = ["*"];
    return policy(
        { Sid: "Administer", Effect: "Allow", Principal: root, Action: ADMINISTRATION, Resource: ofThisKey },
        {
            Sid: "UseThroughServices",
            Effect: "Allow",
            Principal: root,
            // A repository's grants are made in the name of who makes it (Amazon ECR user guide, encryption at rest).
            Action: [...USE, "kms:CreateGrant", "kms:RetireGrant"],
            Resource: ofThisKey,
            Condition: { StringEquals: { "kms:ViaService": ["ecr", "logs", "sns"].flatMap(name => viaService(name, region)) } },
        },
        {
            Sid: "KeepLogs",
            Effect: "Allow",
            Principal: { Service: `logs.${region}.${partition(region).dnsSuffix}` },
            Action: USE,
            Resource: ofThisKey,
            Condition: {
                ArnLike: {
                    "kms:EncryptionContext:aws:logs:arn": [
                        `${groups}:${prefix}-*`,
                        `${groups}:aws-waf-logs-${prefix}`,
                        `${groups}:${insightsLogGroup(deployment)}`,
                    ],
                },
            },
        },
        {
            Sid: "PublishAlarms",
            Effect: "Allow",
            Principal: { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] },
            Action: PUBLISH,
            Resource: ofThisKey,
            Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
        {
            // EventBridge tells no source here: with aws:SourceAccount nothing would arrive (Amazon SNS developer guide, key management).
            Sid: "PublishEvents",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: PUBLISH,
            Resource: ofThisKey,
            Condition: {
                StringEquals: {
                    "kms:EncryptionContext:aws:sns:topicArn": topicArn({ region, account }, alarmTopicName(deployment)),
                },
            },
        },
    );
}
