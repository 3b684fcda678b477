import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { subnetBlocks } from "../model/subnets";
import type { CreatedNetwork, ExistingNetwork } from "../settings";
import { COMPONENT } from "../model/names";

/** Plain, all of it: decides what is made. */
export type NetworkArgs =
    | ExistingNetwork
    | (Pick<CreatedNetwork, "kind" | "cidr" | "egress"> & {
          /** Names of Availability Zones; append only. */
          readonly zones: readonly string[];
      });

const NAT_STRATEGY = { endpoints: "None", nat: "Single", "nat-per-zone": "OnePerAz" } as const;

/**
 * A VPC with public subnets for load balancers and private ones for tasks, or one that exists already.
 *
 * Cost: nothing by itself; NAT gateways and their data where `egress` asks for them.
 *
 * @throws RangeError for a block that is not a /16 to /22, and for more zones than it has room for, which are eight.
 * @example
 * ```ts
 * import { Network } from "./components/network";
 *
 * const network = new Network("network", {
 *     kind: "created",
 *     cidr: "10.20.0.0/16",
 *     zones: ["ap-northeast-2a", "ap-northeast-2c"],
 *     egress: "nat",
 * });
 *
 * export const vpcId = network.vpcId;
 * ```
 */
export class Network extends pulumi.ComponentResource {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Output<string>;
    /** Ids of the load balancer's subnets, in the order of the zones. */
    readonly publicSubnetIds: pulumi.Output<string[]>;
    /** Ids of the tasks' subnets, in the order of the zones. */
    readonly privateSubnetIds: pulumi.Output<string[]>;
    /** Ids of the route tables of the tasks' subnets. */
    readonly privateRouteTableIds: pulumi.Output<string[]>;
    /** What tasks depend on for their way out. */
    readonly egressReady: readonly pulumi.Resource[];

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.network, name, { ...args }, opts);

        if (args.kind === "existing") {
            this.vpcId = pulumi.output(args.vpcId);
            this.publicSubnetIds = pulumi.output([...args.publicSubnetIds]);
            this.privateSubnetIds = pulumi.output([...args.privateSubnetIds]);
            this.privateRouteTableIds = pulumi.output([...args.privateRouteTableIds]);
            this.egressReady = [];
        } else {
            const blocks = subnetBlocks(args.cidr, args.zones.length);
            const vpc = new awsx.ec2.Vpc(
                name,
                {
                    cidrBlock: args.cidr,
                    availabilityZoneNames: [...args.zones],
                    subnetStrategy: "Auto",
                    // Private in every mode, so that another egress replaces no subnet and no service.
                    subnetSpecs: [
                        { type: "Public", name: "public", cidrBlocks: [...blocks.public] },
                        { type: "Private", name: "private", cidrBlocks: [...blocks.private] },
                    ],
                    natGateways: { strategy: NAT_STRATEGY[args.egress] },
                    enableDnsHostnames: true,
                    enableDnsSupport: true,
                },
                { parent: this, transforms: [withoutPublicAddresses] },
            );
            // Adopts the group that AWS makes with the VPC and takes its rules away (EC2.2).
            new aws.ec2.DefaultSecurityGroup(`${name}-default-group`, { vpcId: vpc.vpcId }, { parent: this });

            this.vpcId = vpc.vpcId;
            this.publicSubnetIds = vpc.publicSubnetIds;
            this.privateSubnetIds = vpc.privateSubnetIds;
            this.privateRouteTableIds = routeTablesOf(vpc, vpc.privateSubnetIds);
            this.egressReady = [vpc];
        }

        this.registerOutputs({
            vpcId: this.vpcId,
            publicSubnetIds: this.publicSubnetIds,
            privateSubnetIds: this.privateSubnetIds,
        });
    }
}

/** awsx turns on public addresses in public subnets, and has no input for it (EC2.15). Load balancers and NAT gateways bring their own. */
function withoutPublicAddresses({ type, props, opts }: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
    return type === "aws:ec2/subnet:Subnet" ? { props: { ...props, mapPublicIpOnLaunch: false }, opts } : undefined;
}

function routeTablesOf(vpc: awsx.ec2.Vpc, subnetIds: pulumi.Input<string[]>): pulumi.Output<string[]> {
    const pairs = vpc.routeTableAssociations.apply(list =>
        pulumi.all(list.map(({ subnetId, routeTableId }) => pulumi.all([subnetId, routeTableId]))),
    );
    return pulumi
        .all([pairs, subnetIds])
        .apply(([known, ids]) => ids.flatMap(id => known.filter(([subnet]) => subnet === id).map(([, table]) => table)));
}
