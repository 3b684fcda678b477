import assert from "node:assert/strict";
import fc from "fast-check";
import { ACTION_PREFIXES, Egress, EndpointNeeds, endpointServices, gatewaysOf, hasEndpoint } from "../../model/endpoints";

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
];
const someDoors = fc.subarray([...DOORS]);

describe("the endpoints of a network without internet", () => {
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

describe("an action", () => {
    it("has an endpoint where its prefix is a known one", () => {
        for (const prefix of ACTION_PREFIXES) assert.ok(hasEndpoint(`${prefix}:Anything`), prefix);
        for (const action of ["iam:PassRole", "route53:ListHostedZones", "s3x:GetObject", "constructor:X"])
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
