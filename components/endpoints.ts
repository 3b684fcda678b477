import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PolicyDocument } from "../iam/documents";
import { endpointPolicy, openEndpointPolicy, s3GatewayPolicy } from "../iam/endpoints";
import { endpointServiceName } from "../model/endpoints";
import { COMPONENT, logicalName } from "../model/names";

export interface EndpointsArgs {
    /** Id of the VPC that the endpoints are made in. */
    readonly vpcId: pulumi.Input<string>;
    /** Ids of the interface endpoints' subnets, one a zone. */
    readonly subnetIds: pulumi.Input<string[]>;
    /** Ids of the route tables of the tasks' subnets, for the gateway endpoints. */
    readonly routeTableIds: pulumi.Input<string[]>;
    /** Services with an interface endpoint, by what follows the region in their names, such as `ecr.api`. Plain: decides how many. */
    readonly interfaces: readonly string[];
    /** Services with a gateway endpoint: `s3`, `dynamodb`. Plain: decides how many. */
    readonly gateways: readonly string[];
    /** Region of the VPC, such as `ap-northeast-2`. */
    readonly region: string;
    /** Id of the account that the endpoint policies let in, twelve digits. */
    readonly account: string;
}

/**
 * The doors through which tasks reach AWS without internet.
 *
 * Cost: each interface endpoint by the hour and zone, and by data; gateways are free.
 *
 * @example
 * ```ts
 * import { Endpoints } from "./components/endpoints";
 * import { Network } from "./components/network";
 *
 * const network = new Network("network", {
 *     kind: "created",
 *     cidr: "10.20.0.0/16",
 *     zones: ["ap-northeast-2a", "ap-northeast-2c"],
 *     egress: "endpoints",
 * });
 * const endpoints = new Endpoints("endpoints", {
 *     vpcId: network.vpcId,
 *     subnetIds: network.privateSubnetIds,
 *     routeTableIds: network.privateRouteTableIds,
 *     interfaces: ["ecr.api", "ecr.dkr", "logs"],
 *     gateways: ["s3"],
 *     region: "ap-northeast-2",
 *     account: "123456789012",
 * });
 *
 * export const endpointsGroupId = endpoints.securityGroupId;
 * ```
 */
export class Endpoints extends pulumi.ComponentResource {
    /** Id of an empty group in front of the interface endpoints: services put their own rules on it. Absent without interface endpoints. */
    readonly securityGroupId: pulumi.Output<string> | undefined;
    /** Ids of the gateways' prefix lists by their short names, as targets of group rules; `s3` is always one. */
    readonly prefixListIds: Readonly<Record<string, pulumi.Output<string>>>;
    /** What tasks depend on: an endpoint is of use when it exists. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.endpoints, name, { interfaces: args.interfaces, gateways: args.gateways }, opts);
        // Beside NAT gateways a policy would protect nothing, and would refuse what public downloads keep in S3.
        const isOnlyWay = args.interfaces.length > 0;

        const gateways = args.gateways.map(
            service =>
                new aws.ec2.VpcEndpoint(
                    logicalName.endpoint(name, service),
                    {
                        vpcId: args.vpcId,
                        vpcEndpointType: "Gateway",
                        serviceName: endpointServiceName("Gateway", service, args.region),
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
                    logicalName.endpoint(name, service),
                    {
                        vpcId: args.vpcId,
                        vpcEndpointType: "Interface",
                        serviceName: endpointServiceName("Interface", service, args.region),
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
