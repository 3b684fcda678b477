import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { ACTION_PREFIXES } from "../../../../model/endpoints";
import { isResourceless } from "../../../../tools/policy/reading/resourceless-actions";

/** Their resource is optional: a voice needs no lexicon, a translation no terminology. */
const MOSTLY_WITHOUT = [
    ...["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "cloudwatch:PutMetricData", "comprehend:DetectEntities"],
    ...["polly:StartSpeechSynthesisStream", "polly:StartSpeechSynthesisTask", "polly:SynthesizeSpeech"],
    ...["rekognition:DetectModerationLabels", "rekognition:StartMediaAnalysisJob"],
    ...["translate:TranslateDocument", "translate:TranslateText"],
];

/** They come with the pattern that stands for two hundred, and only read. */
const OF_EC2 = [
    ...["ec2:DescribeCapacityBlockExtensionOfferings", "ec2:DescribeClientVpnAuthorizationRules"],
    ...["ec2:DescribeClientVpnConnections", "ec2:DescribeClientVpnRoutes", "ec2:DescribeClientVpnTargetNetworks"],
    ...["ec2:DescribeFleetInstances", "ec2:DescribeSecurityGroupReferences", "ec2:DescribeSpotFleetInstances"],
    "ec2:DescribeVpcEndpointServicePermissions",
];

interface Reference {
    /** Names by prefix, one after the other. */
    readonly actions: Readonly<Record<string, string>>;
}

describe("an action without resource", () => {
    it("is none that knows a resource, by the service authorization reference", () => {
        const { actions } = JSON.parse(readFileSync(path.join(__dirname, "actions-with-resources.json"), "utf8")) as Reference;
        const all = Object.entries(actions).flatMap(([prefix, names]) => names.split(" ").map(name => `${prefix}:${name}`));
        assert.ok(all.length > 1000);
        assert.deepEqual(all.filter(isResourceless).sort(), [...MOSTLY_WITHOUT, ...OF_EC2].sort());
    });

    it("is known for every service whose endpoint is known, but those whose actions all know a resource", () => {
        const some = [
            ...["bedrock:ListFoundationModels", "cloudwatch:PutMetricData", "dynamodb:ListTables", "ecr:GetAuthorizationToken"],
            "elasticfilesystem:DescribeAccountPreferences",
            ...["events:ListRules", "firehose:ListDeliveryStreams", "kinesis:ListStreams", "kms:GenerateRandom"],
            ...["lambda:ListFunctions", "logs:DescribeLogGroups", "rekognition:DetectLabels", "s3:ListAllMyBuckets"],
            ...["scheduler:ListSchedules", "secretsmanager:ListSecrets", "ses:GetSendQuota", "sns:ListTopics", "sqs:ListQueues"],
            ...[
                "ssm:DescribeParameters",
                "ssmmessages:OpenDataChannel",
                "states:SendTaskSuccess",
                "sts:GetCallerIdentity",
                "textract:DetectDocumentText",
            ],
            "xray:PutTraceSegments",
        ];
        assert.deepEqual(
            some.map(action => action.split(":", 1)[0]),
            ACTION_PREFIXES.filter(prefix => !["execute-api", "rds-data"].includes(prefix)),
        );
        for (const action of some) assert.ok(isResourceless(action), action);
    });

    it("is known for services that tasks reach by NAT", () => {
        const some = ["polly:SynthesizeSpeech", "comprehend:DetectSentiment", "translate:TranslateText"];
        for (const action of [...some, "transcribe:StartStreamTranscription", "ec2:DescribeInstances", "tag:GetResources"])
            assert.ok(isResourceless(action), action);
    });

    it("may have wildcards where all that they stand for are such", () => {
        for (const action of ["xray:GetSampling*", "comprehend:Detect*", "ssm:ListCommand?*", "SQS:listqueues"])
            assert.ok(isResourceless(action), action);
        for (const action of ["*", "sqs:*", "sqs:List*", "rekognition:Detect*", "ec2:Describe*", "ec2:DescribeInstanceAttribute"])
            assert.ok(!isResourceless(action), action);
    });

    it("is none that administers the account", () => {
        for (const action of ["kms:CreateKey", "logs:PutAccountPolicy", "ecr:PutRegistryPolicy", "events:PutPermission"])
            assert.ok(!isResourceless(action), action);
    });
});
