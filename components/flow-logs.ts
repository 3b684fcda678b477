import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";
import { partitionOf } from "../model/partitions";

export interface FlowLogsArgs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** Region of the VPC. */
    readonly region: string;
    /** Name of a bucket whose policy lets flow logs in. */
    readonly bucketName: pulumi.Input<string>;
    /** Folder of the bucket. */
    readonly folder: string;
}

/** Ten minutes: one minute would write the same connections up to ten times, at ten times the price. */
const AGGREGATION_SECONDS = 600;

/**
 * AWS's default without version and account, which the path says, and with who began a connection. ECS's names are left out: AWS takes them only where
 * the VPC has a cluster already when the flow log is made.
 */
const FIELDS = [
    ...["interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end"],
    ...["action", "tcp-flags", "flow-direction", "log-status"],
];

/**
 * Records of a VPC's traffic, accepted and rejected, in a bucket.
 *
 * Cost: by the GB that is delivered, and what the bucket costs.
 *
 * @example
 * ```ts
 * import { FlowLogs } from "./components/flow-logs";
 *
 * new FlowLogs("flow-logs", {
 *     vpcId: "vpc-0123456789abcdef0",
 *     region: "ap-northeast-2",
 *     bucketName: "shop-staging-logs-0a1b2c3",
 *     folder: "shop-staging/flows",
 * });
 * ```
 */
export class FlowLogs extends pulumi.ComponentResource {
    constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.flowLogs, name, { region: args.region, folder: args.folder }, opts);

        new aws.ec2.FlowLog(
            `${name}-vpc`,
            {
                vpcId: args.vpcId,
                trafficType: "ALL",
                logDestinationType: "s3",
                logDestination: pulumi.interpolate`arn:${partitionOf(args.region)}:s3:::${args.bucketName}/${args.folder}`,
                logFormat: FIELDS.map(field => `\${${field}}`).join(" "),
                maxAggregationInterval: AGGREGATION_SECONDS,
                tags: { Name: `${name}-vpc` },
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
