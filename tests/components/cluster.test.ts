import assert from "node:assert/strict";
import { Cluster, ClusterArgs } from "../../components/cluster";
import { declare } from "../support/declared";

describe("the cluster", () => {
    const made = (more: Partial<ClusterArgs> = {}) =>
        declare(() => {
            const { clusterName, arn, ready } = new Cluster("cluster", {
                clusterName: "fargate-dev",
                containerInsights: "enhanced",
                ...more,
            });
            return { clusterName, arn, ready: ready.map(resource => resource.urn) };
        });

    it("is an ECS cluster and its capacity", async () => {
        assert.deepEqual((await made()).list, [
            "Cluster cluster",
            "ecs.Cluster cluster-cluster",
            "ecs.ClusterCapacityProviders cluster-capacity",
        ]);
    });

    it("has the name that deploy policies are written against, and the metrics that were asked for", async () => {
        assert.deepEqual((await made()).inputs("ecs.Cluster cluster-cluster"), {
            name: "fargate-dev",
            settings: [{ name: "containerInsights", value: "enhanced" }],
        });
    });

    it("keeps sessions of ECS Exec in a log group of their own, under the key that there is", async () => {
        const sessions = { logGroupName: "fargate-dev-exec/sessions", logRetentionDays: 365 };
        const logging = (declared: Awaited<ReturnType<typeof made>>) =>
            declared.inputs("ecs.Cluster cluster-cluster")["configuration"];
        const plain = await made({ sessions });
        assert.deepEqual(plain.inputs("cloudwatch.LogGroup cluster-sessions"), {
            name: "fargate-dev-exec/sessions",
            retentionInDays: 365,
        });
        const logConfiguration = { cloudWatchLogGroupName: "fargate-dev-exec/sessions", cloudWatchEncryptionEnabled: false };
        assert.deepEqual(logging(plain), { executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration } });
        const encrypted = await made({ sessions: { ...sessions, kmsKeyArn: "arn:aws:kms:key/9" } });
        assert.equal(encrypted.inputs("cloudwatch.LogGroup cluster-sessions")["kmsKeyId"], "arn:aws:kms:key/9");
        assert.deepEqual(logging(encrypted), {
            executeCommandConfiguration: {
                logging: "OVERRIDE",
                logConfiguration: { ...logConfiguration, cloudWatchEncryptionEnabled: true },
            },
        });
    });

    it("has the log group of Container Insights before AWS makes one, under the key that there is", async () => {
        const insights = {
            logGroupName: "/aws/ecs/containerinsights/fargate-dev/performance",
            logRetentionDays: 365,
            isForeign: false,
        };
        const declared = await made({ insights: { ...insights, kmsKeyArn: "arn:aws:kms:key/9" } });
        const group = declared.one("cloudwatch.LogGroup cluster-insights");
        assert.deepEqual(group.inputs, { name: insights.logGroupName, retentionInDays: 365, kmsKeyId: "arn:aws:kms:key/9" });
        assert.ok(declared.one("ecs.Cluster cluster-cluster").dependencies.includes(group.urn));
    });

    it("tells ECS that there are none any more, which would keep to a log group that is gone", async () => {
        const { configuration } = (await made({ hadSessions: true })).inputs("ecs.Cluster cluster-cluster");
        assert.deepEqual(configuration, { executeCommandConfiguration: { logging: "DEFAULT" } });
    });

    it("offers Fargate and Fargate Spot", async () => {
        assert.deepEqual((await made()).inputs("ecs.ClusterCapacityProviders cluster-capacity"), {
            clusterName: "fargate-dev",
            capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        });
    });

    it("is ready for a service that names a capacity provider once it has them", async () => {
        const declared = await made();
        assert.deepEqual(declared.outputs, {
            clusterName: "fargate-dev",
            arn: "arn:aws:Cluster:cluster-cluster",
            ready: [declared.one("ecs.ClusterCapacityProviders cluster-capacity").urn],
        });
    });

    it("shows its plain arguments in a preview", async () => {
        assert.deepEqual((await made()).inputs("Cluster cluster"), { clusterName: "fargate-dev", containerInsights: "enhanced" });
    });
});
