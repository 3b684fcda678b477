import assert from "node:assert/strict";
import fc from "fast-check";
import {
    ACTION_PREFIXES,
    Egress,
    EndpointNeeds,
    endpointServiceName,
    endpointServices,
    endpointShortName,
    gatewaysOf,
    hasEndpoint,
} from "../../model/endpoints";

const SECRET = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf";
const PARAMETER = "arn:aws:ssm:ap-northeast-2:123456789012:parameter/db";

/** What a service may do, with the door that AWS's guides name for it. */
const DOORS: readonly { needs: EndpointNeeds; door: string }[] = [
    { needs: reading(SECRET), door: "secretsmanager" },
    { needs: reading(PARAMETER), door: "ssm" },
    { needs: calling("sqs:SendMessage"), door: "sqs" },
    { needs: calling("sns:Publish"), door: "sns" },
    { needs: calling("kms:Decrypt"), door: "kms" },
    { needs: calling("sts:AssumeRole"), door: "sts" },
    { needs: calling("cloudwatch:PutMetricData"), door: "monitoring" },
    { needs: calling("xray:PutTraceSegments"), door: "xray" },
    { needs: calling("kinesis:PutRecord"), door: "kinesis-streams" },
    { needs: calling("firehose:PutRecord"), door: "kinesis-firehose" },
    { needs: calling("ses:SendEmail"), door: "email" },
    { needs: calling("bedrock:InvokeModel"), door: "bedrock-runtime" },
    { needs: calling("events:PutEvents"), door: "events" },
    { needs: calling("lambda:InvokeFunction"), door: "lambda" },
    { needs: calling("states:StartExecution"), door: "states" },
    { needs: calling("scheduler:CreateSchedule"), door: "scheduler" },
    { needs: calling("rekognition:DetectFaces"), door: "rekognition" },
    { needs: calling("textract:AnalyzeDocument"), door: "textract" },
    { needs: calling("secretsmanager:GetSecretValue"), door: "secretsmanager" },
    { needs: calling("ssm:GetParameter"), door: "ssm" },
    { needs: calling("ssmmessages:OpenDataChannel"), door: "ssmmessages" },
    { needs: { secrets: {}, permissions: [], exec: true }, door: "ssmmessages" },
    { needs: calling("execute-api:Invoke"), door: "execute-api" },
    { needs: calling("rds-data:ExecuteStatement"), door: "rds-data" },
    { needs: calling("elasticfilesystem:DescribeMountTargets"), door: "elasticfilesystem" },
    // Answered elsewhere than the rest of their prefix.
    { needs: calling("bedrock:InvokeAgent"), door: "bedrock-agent-runtime" },
    { needs: calling("bedrock:Retrieve"), door: "bedrock-agent-runtime" },
    { needs: calling("bedrock:ListFoundationModels"), door: "bedrock" },
    { needs: calling("bedrock:*"), door: "bedrock-runtime" },
    { needs: calling("dynamodb:GetRecords"), door: "dynamodb-streams" },
];
const someDoors = fc.subarray([...DOORS]);

describe("the endpoints of a network without internet", () => {
    it("serve sidecars, which read secrets of their own", () => {
        const needs = { ...reading(SECRET), sidecars: { proxy: reading(PARAMETER) } };
        const doors = endpointServices("endpoints", [needs])?.interfaces;
        assert.deepEqual(doors, ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"]);
    });

    it("always let tasks pull images and write logs", () => {
        const always = { interfaces: ["ecr.api", "ecr.dkr", "logs"], gateways: ["s3"] };
        assert.deepEqual(endpointServices("endpoints", []), always);
        assert.deepEqual(endpointServices("endpoints", [{ secrets: {}, permissions: [] }]), always);
    });

    it("are those, and one for each feature that is used: without the feature, without its endpoint", () => {
        fc.assert(
            fc.property(someDoors, chosen => {
                const expected = new Set(["ecr.api", "ecr.dkr", "logs", ...chosen.map(({ door }) => door)]);
                const needs = chosen.map(choice => choice.needs);
                assert.deepEqual(endpointServices("endpoints", needs)?.interfaces, [...expected].sort());
            }),
        );
    });

    it("are the same for one service that does everything and for several that share it", () => {
        fc.assert(
            fc.property(someDoors, chosen => {
                const needs = chosen.map(choice => choice.needs);
                const one = {
                    secrets: Object.fromEntries(needs.flatMap(({ secrets }) => Object.entries(secrets))),
                    permissions: needs.flatMap(({ permissions }) => permissions),
                    ...(needs.some(({ exec }) => exec) && { exec: true as const }),
                };
                assert.deepEqual(endpointServices("endpoints", [one]), endpointServices("endpoints", needs));
            }),
        );
    });

    it("are gateways, free of charge, for S3 and DynamoDB", () => {
        const needs = [calling("dynamodb:GetItem"), calling("s3:GetObject")];
        assert.deepEqual(endpointServices("endpoints", needs), {
            interfaces: ["ecr.api", "ecr.dkr", "logs"],
            gateways: ["dynamodb", "s3"],
        });
    });

    it("are, of the gateways, those that one service uses in what it may reach: another's are not its own", () => {
        assert.deepEqual(gatewaysOf(calling("sqs:SendMessage")), ["s3"]);
        assert.deepEqual(gatewaysOf(calling("dynamodb:GetItem", "dynamodb:PutItem")), ["dynamodb", "s3"]);
    });

    it("need no second door for actions that go through one that is always there", () => {
        const needs = [calling("ecr:DescribeImages", "logs:PutLogEvents")];
        assert.deepEqual(endpointServices("endpoints", needs), endpointServices("endpoints", []));
    });
});

describe("the endpoints of other networks", () => {
    it("are the free gateways alone beside NAT gateways: the one for image layers, and those that are called", () => {
        for (const egress of ["nat", "nat-per-zone"] satisfies Egress[]) {
            fc.assert(
                fc.property(someDoors, chosen => {
                    const needs = chosen.map(choice => choice.needs);
                    assert.deepEqual(endpointServices(egress, needs), { interfaces: [], gateways: ["s3"] });
                }),
            );
            assert.deepEqual(endpointServices(egress, [calling("dynamodb:GetItem")])?.gateways, ["dynamodb", "s3"]);
        }
    });

    it("are nobody's business where the VPC has a way out already", () => {
        assert.equal(endpointServices("existing", [reading(SECRET), calling("sqs:SendMessage")]), undefined);
    });
});

describe("an action that something in the VPC answers, and no API of AWS", () => {
    const actions = [
        ...["rds-db:connect", "kafka-cluster:Connect", "neptune-db:*", "dax:GetItem", "elasticache:Connect", "memorydb:Connect"],
        ...["elasticfilesystem:ClientMount", "elasticfilesystem:Client*", "es:ESHttpGet"],
    ];

    it("needs no endpoint, and is no reason for NAT gateways", () => {
        assert.deepEqual(endpointServices("endpoints", [calling(...actions)]), endpointServices("endpoints", []));
        for (const action of actions) assert.ok(hasEndpoint(action), action);
    });
});

describe("what EC2 calls an endpoint's service", () => {
    it("begins with the partition's own domain for some interface endpoints, and is read back", () => {
        for (const [kind, service, region, name] of [
            ["Interface", "ecr.api", "eu-west-1", "com.amazonaws.eu-west-1.ecr.api"],
            ["Interface", "sqs", "us-gov-west-1", "com.amazonaws.us-gov-west-1.sqs"],
            ["Interface", "ecr.dkr", "cn-northwest-1", "cn.com.amazonaws.cn-northwest-1.ecr.dkr"],
            ["Interface", "logs", "cn-northwest-1", "com.amazonaws.cn-northwest-1.logs"],
            ["Gateway", "s3", "cn-north-1", "com.amazonaws.cn-north-1.s3"],
            ["Interface", "ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"],
            ["Interface", "logs", "eusc-de-east-1", "com.amazonaws.eusc-de-east-1.logs"],
        ] as const) {
            assert.equal(endpointServiceName(kind, service, region), name);
            assert.equal(endpointShortName(name), service);
        }
    });
});

describe("an action", () => {
    it("has an endpoint where its prefix is a known one", () => {
        for (const prefix of ACTION_PREFIXES) assert.ok(hasEndpoint(`${prefix}:Anything`), prefix);
        for (const action of [
            "iam:PassRole",
            "route53:ListHostedZones",
            "s3x:GetObject",
            "s3-object-lambda:GetObject",
            "aoss:APIAccessAll",
            "dax:CreateCluster",
            "es:ListDomainNames",
            "constructor:X",
        ])
            assert.ok(!hasEndpoint(action));
    });

    it("prefixes that are known are told in order", () => {
        const called = DOORS.flatMap(({ needs }) =>
            needs.permissions.flatMap(({ actions }) => actions.map(action => action.split(":")[0])),
        );
        assert.deepEqual(ACTION_PREFIXES, [...new Set([...called, "dynamodb", "ecr", "logs", "s3"])].sort());
    });
});

function reading(arn: string): EndpointNeeds {
    return { secrets: { [arn.includes("ssm") ? "PARAMETER" : "SECRET"]: arn }, permissions: [] };
}

function calling(...actions: string[]): EndpointNeeds {
    return { secrets: {}, permissions: [{ actions }] };
}
