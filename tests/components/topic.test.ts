import assert from "node:assert/strict";
import { Topic, TopicArgs } from "../../components/topic";
import { cached, declare, json } from "../support/declared";

const ARGS: TopicArgs = {
    deployment: { project: "fargate", stack: "prod" },
    place: { region: "ap-northeast-2", account: "123456789012" },
    email: ["ops@example.com", "dev@example.com"],
    hasBudget: false,
};

const made = cached((changes: Partial<TopicArgs> = {}) =>
    declare(() => ({ arn: new Topic("alarm-topic", { ...ARGS, ...changes }).arn })),
);

describe("the topic of alarms", () => {
    it("has a subscription for each address, which no other address names", async () => {
        const declared = await made();
        assert.deepEqual(declared.list, [
            "Topic alarm-topic",
            "sns.Topic alarm-topic",
            "sns.TopicSubscription alarm-topic-dev@example.com",
            "sns.TopicSubscription alarm-topic-ops@example.com",
        ]);
        assert.deepEqual(declared.inputs("sns.TopicSubscription alarm-topic-ops@example.com"), {
            topic: "arn:aws:Topic:alarm-topic",
            protocol: "email",
            endpoint: "ops@example.com",
        });
    });

    it("lets in the stack's alarms, the account's events, and nothing without TLS", async () => {
        const { name, policy } = (await made()).inputs("sns.Topic alarm-topic");
        const Resource = ["arn:aws:sns:ap-northeast-2:123456789012:fargate-prod-alarms"];
        const Action = ["sns:Publish"];
        assert.equal(name, "fargate-prod-alarms");
        assert.deepEqual(json(policy), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Alarms",
                    Effect: "Allow",
                    Principal: { Service: "cloudwatch.amazonaws.com" },
                    Action,
                    Resource,
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "123456789012" },
                        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:fargate-prod-*" },
                    },
                },
                { Sid: "Events", Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action, Resource },
                {
                    Sid: "NeverWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action,
                    Resource,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        });
    });

    it("lets in AWS Budgets, for this account's budgets, only where the stack has one", async () => {
        const statement = async (changes: Partial<TopicArgs>) => {
            const { policy } = (await made(changes)).inputs("sns.Topic alarm-topic");
            return (json(policy) as { Statement: { Sid: string }[] }).Statement.find(({ Sid }) => Sid === "Budgets");
        };
        assert.equal(await statement({}), undefined);
        assert.deepEqual(await statement({ hasBudget: true }), {
            Sid: "Budgets",
            Effect: "Allow",
            Principal: { Service: "budgets.amazonaws.com" },
            Action: ["sns:Publish"],
            Resource: ["arn:aws:sns:ap-northeast-2:123456789012:fargate-prod-alarms"],
            Condition: {
                StringEquals: { "aws:SourceAccount": "123456789012" },
                ArnLike: { "aws:SourceArn": "arn:aws:budgets::123456789012:*" },
            },
        });
    });

    it("is encrypted by the key that it is given, and never by AWS's own, which lets in no alarm", async () => {
        const keyOf = async (changes: Partial<TopicArgs> = {}) =>
            (await made(changes)).inputs("sns.Topic alarm-topic")["kmsMasterKeyId"];
        const kmsKeyArn = "arn:aws:kms:ap-northeast-2:123456789012:key/11111111-2222-3333-4444-555555555555";
        assert.equal(await keyOf({ kmsKeyArn }), kmsKeyArn);
        assert.equal(await keyOf(), undefined);
    });
});
