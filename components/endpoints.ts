import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PolicyDocument } from "../iam/documents";
import { endpointPolicy, openEndpointPolicy, s3GatewayPolicy } from "../iam/endpoints";

export interface EndpointsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of the interface endpoints, one a zone. */
    readonly subnetIds: pulumi.Input<string[]>;
    /** Route tables of the tasks' subnets, for the gateways. */
    readonly routeTableIds: pulumi.Input<string[]>;
    /** Plain: decides how many. Short names behind `com.amazonaws.<region>.`. */
    readonly interfaces: readonly string[];
    /** Plain: decides how many. */
    readonly gateways: readonly string[];
    readonly region: string;
    readonly account: string;
}

/**
 * The doors through which tasks reach AWS without internet.
 *
 * Cost: each interface endpoint by the hour and zone, and by data; gateways are free.
 */
export class Endpoints extends pulumi.ComponentResource {
    /** An empty group in front of the interface endpoints: services put their own rules on it. Absent without interface endpoints. */
    readonly securityGroupId: pulumi.Output<string> | undefined;
    /** The gateways' addresses by their short names, as targets of group rules; `s3` is always one. */
    readonly prefixListIds: Readonly<Record<string, pulumi.Output<string>>>;
    /** What tasks depend on: an endpoint is of use when it exists. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("fargate:index:Endpoints", name, { interfaces: args.interfaces, gateways: args.gateways }, opts);
        // Beside NAT gateways a policy would protect nothing, and would refuse what public downloads keep in S3.
        const isOnlyWay = args.interfaces.length > 0;
        const serviceName = (service: string) => `com.amazonaws.${args.region}.${service}`;

        const gateways = args.gateways.map(
            service =>
                new aws.ec2.VpcEndpoint(
                    `${name}-${service}`,
                    {
                        vpcId: args.vpcId,
                        vpcEndpointType: "Gateway",
                        serviceName: serviceName(service),
                        routeTableIds: args.routeTableIds,
                        policy: pulumi.jsonStringify(isOnlyWay ? gatewayPolicy(service, args) : openEndpointPolicy()),
                        tags: { Name: `${name}-${service}` },
                    },
                    { parent: this },
                ),
        );
        this.prefixListIds = Object.fromEntries(
            args.gateways.flatMap((service, index) => (gateways[index] ? [[service, gateways[index].prefixListId]] : [])),
        );

        const group = isOnlyWay
            ? new aws.ec2.SecurityGroup(
                  `${name}-group`,
                  {
                      vpcId: args.vpcId,
                      description: "VPC endpoints, from the tasks that use them",
                      tags: { Name: `${name}-group` },
                  },
                  { parent: this },
              )
            : undefined;
        const interfaces = args.interfaces.map(
            service =>
                new aws.ec2.VpcEndpoint(
                    `${name}-${service.replaceAll(".", "-")}`,
                    {
                        vpcId: args.vpcId,
                        vpcEndpointType: "Interface",
                        serviceName: serviceName(service),
                        subnetIds: args.subnetIds,
                        securityGroupIds: group === undefined ? [] : [group.id],
                        privateDnsEnabled: true,
                        policy: pulumi.jsonStringify(endpointPolicy(args.account)),
                        tags: { Name: `${name}-${service}` },
                    },
                    { parent: this },
                ),
        );

        this.securityGroupId = group?.id;
        this.ready = [...gateways, ...interfaces];
        this.registerOutputs({ securityGroupId: this.securityGroupId, prefixListIds: this.prefixListIds });
    }
}

function gatewayPolicy(service: string, args: EndpointsArgs): PolicyDocument {
    return service === "s3" ? s3GatewayPolicy(args) : endpointPolicy(args.account);
}
