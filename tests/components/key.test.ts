import assert from "node:assert/strict";
import { Key } from "../../components/key";
import { cached, declare, json } from "../support/declared";

const PLACE = { region: "ap-northeast-2", account: "123456789012" };

const made = cached(({ kept = true, region = PLACE.region }: { kept?: boolean; region?: string } = {}) =>
    declare(() => {
        const deployment = { project: "shop", stack: "prod" };
        const { arn } = new Key("stack-key", { deployment, place: { ...PLACE, region }, kept });
        return { arn };
    }),
);

interface Statement {
    readonly Sid: string;
    readonly Principal: Readonly<Record<string, string | string[]>>;
    readonly Action: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

async function statements(region?: string): Promise<Partial<Record<string, Statement>>> {
    const { Statement } = json((await made({ region })).inputs("kms.Key stack-key")["policy"]) as { Statement: Statement[] };
    return Object.fromEntries(Statement.map(statement => [statement.Sid, statement]));
}

describe("a key", () => {
    it("is one key, which rotates and can be had back for thirty days", async () => {
        const declared = await made();
        assert.deepEqual(declared.list, ["Key stack-key", "kms.Key stack-key"]);
        const { policy, ...rest } = declared.inputs("kms.Key stack-key");
        assert.ok(policy);
        assert.deepEqual(rest, {
            description: "Logs, alarms and images of shop-prod",
            enableKeyRotation: true,
            deletionWindowInDays: 30,
        });
    });

    it("stays in AWS where it is kept", async () => {
        const retained = async (kept: boolean) => (await made({ kept })).one("kms.Key stack-key").retainOnDelete;
        assert.equal(await retained(true), true);
        assert.equal(await retained(false), false);
    });

    it("is administered by the account, and used by nobody without a service", async () => {
        const { Administer, UseThroughServices } = await statements();
        assert.deepEqual(Administer?.Principal, { AWS: "arn:aws:iam::123456789012:root" });
        assert.deepEqual(
            Administer.Action.filter(action => /Encrypt|Decrypt|Generate|ReEncrypt|Grant$|Sign|\*$/.test(action)),
            ["Describe", "Disable", "Enable", "Get", "List", "Put", "Revoke", "Update"].map(verb => `kms:${verb}*`),
        );
        // Who may make a grant may give himself the use of the key.
        const grants = Object.values(await statements()).filter(one =>
            one?.Action.some(action => /^kms:(Create(Grant|\*)|\*)$/.test(action)),
        );
        assert.deepEqual(grants, [UseThroughServices]);
        assert.deepEqual(
            UseThroughServices?.Condition?.["StringEquals"]?.["kms:ViaService"],
            ["ecr", "logs", "sns"].map(service => `${service}.ap-northeast-2.amazonaws.com`),
        );
    });

    it("lets CloudWatch Logs use it for log groups of the stack alone, those of its firewall included", async () => {
        const { KeepLogs } = await statements();
        assert.deepEqual(KeepLogs?.Principal, { Service: "logs.ap-northeast-2.amazonaws.com" });
        assert.deepEqual(
            KeepLogs.Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"],
            ["shop-prod-*", "aws-waf-logs-shop-prod", "/aws/ecs/containerinsights/shop-prod/performance"].map(
                group => `arn:aws:logs:ap-northeast-2:123456789012:log-group:${group}`,
            ),
        );
    });

    it("lets alarms of this account use it", async () => {
        const { PublishAlarms } = await statements();
        assert.deepEqual(PublishAlarms?.Principal, { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] });
        assert.deepEqual(PublishAlarms.Action, ["kms:Decrypt", "kms:GenerateDataKey*"]);
        assert.deepEqual(PublishAlarms.Condition, { StringEquals: { "aws:SourceAccount": "123456789012" } });
    });

    it("lets EventBridge use it for the stack's topic, without a source, which it does not tell", async () => {
        const { PublishEvents } = await statements();
        assert.deepEqual(PublishEvents?.Principal, { Service: "events.amazonaws.com" });
        assert.deepEqual(PublishEvents.Action, ["kms:Decrypt", "kms:GenerateDataKey*"]);
        assert.deepEqual(PublishEvents.Condition, {
            StringEquals: {
                "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:ap-northeast-2:123456789012:shop-prod-alarms",
            },
        });
        const events = Object.values(await statements()).filter(one => JSON.stringify(one?.Principal).includes("events."));
        assert.equal(events.length, 1);
    });

    it("speaks China's names there", async () => {
        const { KeepLogs, Administer } = await statements("cn-north-1");
        assert.equal(KeepLogs?.Principal["Service"], "logs.cn-north-1.amazonaws.com.cn");
        assert.equal(Administer?.Principal["AWS"], "arn:aws-cn:iam::123456789012:root");
    });
});
