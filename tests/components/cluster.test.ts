import assert from "node:assert/strict";
import { Cluster } from "../../components/cluster";
import { declare } from "../support/declared";

describe("the cluster", () => {
    const made = () =>
        declare(() => {
            const { clusterName, arn, ready } = new Cluster("cluster", {
                clusterName: "fargate-dev",
                containerInsights: "enhanced",
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
