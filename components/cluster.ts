import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";

export interface ClusterArgs {
    /** Physical name of the cluster: deploy policies are written against its prefix. */
    readonly clusterName: string;
    /** CloudWatch Container Insights; `enhanced` adds metrics of each task and container. */
    readonly containerInsights: "disabled" | "enabled" | "enhanced";
}

/**
 * An ECS cluster with Fargate and Fargate Spot.
 *
 * Cost: nothing; Container Insights by the metric.
 *
 * @example
 * ```ts
 * import { Cluster } from "./components/cluster";
 *
 * const cluster = new Cluster("cluster", { clusterName: "shop-staging", containerInsights: "enhanced" });
 *
 * export const clusterArn = cluster.arn;
 * ```
 */
export class Cluster extends pulumi.ComponentResource {
    /** Physical name of the cluster. */
    readonly clusterName: pulumi.Output<string>;
    /** ARN of the cluster. */
    readonly arn: pulumi.Output<string>;
    /** A service may name a capacity provider when the cluster has it. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.cluster, name, { ...args }, opts);

        const cluster = new aws.ecs.Cluster(
            `${name}-cluster`,
            { name: args.clusterName, settings: [{ name: "containerInsights", value: args.containerInsights }] },
            { parent: this },
        );
        const capacity = new aws.ecs.ClusterCapacityProviders(
            `${name}-capacity`,
            { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
            { parent: this },
        );

        this.clusterName = cluster.name;
        this.arn = cluster.arn;
        this.ready = [capacity];
        this.registerOutputs({ clusterName: this.clusterName, arn: this.arn });
    }
}
