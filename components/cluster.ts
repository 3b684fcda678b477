import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";

export interface ClusterArgs {
    /** Physical name of the cluster: deploy policies are written against its prefix. */
    readonly clusterName: string;
    /** CloudWatch Container Insights; `enhanced` adds metrics of each task and container. */
    readonly containerInsights: "disabled" | "enabled" | "enhanced";
    /**
     * Where ECS Exec logs its sessions. Plain: decides whether there is a log group.
     *
     * @default each in the log group of its task, which ECS does of itself
     */
    readonly sessions?: {
        /** Name of the log group. */
        readonly logGroupName: string;
        /** Days that CloudWatch Logs keeps them: one of the numbers that `PutRetentionPolicy` takes. */
        readonly logRetentionDays: number;
        /**
         * ARN of the KMS key that the log group is under.
         *
         * @default CloudWatch's own key
         */
        readonly kmsKeyArn?: pulumi.Input<string>;
    };
    /**
     * Log group of what Container Insights makes its metrics of. Plain: decides whether there is one.
     *
     * @default none
     */
    readonly insights?: {
        /** The name that Container Insights writes to. */
        readonly logGroupName: string;
        /** Days that CloudWatch Logs keeps it: one of the numbers that `PutRetentionPolicy` takes. */
        readonly logRetentionDays: number;
        /**
         * ARN of the KMS key that the log group is under.
         *
         * @default CloudWatch's own key
         */
        readonly kmsKeyArn?: pulumi.Input<string>;
        /** Whether it is in AWS, and not yet the stack's. */
        readonly isForeign: boolean;
    };
    /**
     * Whether ECS was told before where sessions are logged, which it would keep without a word.
     *
     * @default false
     */
    readonly hadSessions?: boolean;
}

/**
 * An ECS cluster with Fargate and Fargate Spot, and the log groups of Container Insights and of its ECS Exec sessions, where there are any.
 *
 * Cost: nothing; Container Insights by the metric, sessions by what they write.
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
        const { clusterName, containerInsights, sessions, insights, hadSessions = false } = args;
        super(COMPONENT.cluster, name, { clusterName, containerInsights, ...(sessions && { logsSessions: true }) }, opts);

        const logs =
            sessions &&
            new aws.cloudwatch.LogGroup(
                `${name}-sessions`,
                { name: sessions.logGroupName, retentionInDays: sessions.logRetentionDays, kmsKeyId: sessions.kmsKeyArn },
                { parent: this },
            );
        // Before the cluster: where it is missing, AWS makes one of its own, without a key.
        const performance =
            insights &&
            new aws.cloudwatch.LogGroup(
                `${name}-insights`,
                { name: insights.logGroupName, retentionInDays: insights.logRetentionDays, kmsKeyId: insights.kmsKeyArn },
                { parent: this, ...(insights.isForeign && { import: insights.logGroupName }) },
            );
        const cluster = new aws.ecs.Cluster(
            `${name}-cluster`,
            {
                name: clusterName,
                settings: [{ name: "containerInsights", value: containerInsights }],
                configuration: logs
                    ? sessionsIn(logs.name, sessions.kmsKeyArn !== undefined)
                    : hadSessions
                      ? { executeCommandConfiguration: { logging: "DEFAULT" } }
                      : undefined,
            },
            { parent: this, dependsOn: performance },
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

/** Of a group that is said to be encrypted, the agent makes sure before it lets anybody in. */
function sessionsIn(cloudWatchLogGroupName: pulumi.Output<string>, cloudWatchEncryptionEnabled: boolean) {
    const logConfiguration = { cloudWatchLogGroupName, cloudWatchEncryptionEnabled };
    return { executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration } };
}
