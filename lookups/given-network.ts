import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GivenRouteTable, GivenSubnet, networkProblems, onePerZone } from "../model/given-network";
import type { Settings } from "../settings";
import { allOf, asked, notFound } from "./not-found";

type Options = pulumi.InvokeOptions;

/**
 * Ids of the subnets for interface endpoints, in a VPC that exists already; undefined for one that is to be made.
 *
 * @throws pulumi.RunError that lists what AWS would refuse of the VPC, its subnets and route tables in the middle of an update.
 */
export async function endpointSubnets({ network, services }: Settings, options: Options): Promise<string[] | undefined> {
    if (network.kind !== "existing") return undefined;
    const { vpcId, egress, endpointZones } = network;
    const isRouted = services.some(({ route }) => route !== undefined);
    const [vpc, publicSubnets, subnets, privateRouteTables] = await Promise.all([
        aws.ec2.getVpc({ id: vpcId }, options).catch((error: unknown) => {
            throw notFound("fargate:network.vpcId", vpcId, "the id of a VPC of this account and region", error);
        }),
        allOf(isRouted ? network.publicSubnetIds.map(id => subnetOf(id, "publicSubnetIds", options)) : []),
        allOf(network.privateSubnetIds.map(id => subnetOf(id, "privateSubnetIds", options))),
        allOf(egress === "endpoints" ? network.privateRouteTableIds.map(id => routeTableOf(id, options)) : []),
    ]);
    const privateSubnets = await allOf(
        subnets.map(async subnet => {
            const tableId = (await ownRouteTable(subnet.id, options)) ?? vpc.mainRouteTableId;
            return { ...subnet, table: await routeTableOf(tableId, options) };
        }),
    );
    const problems = networkProblems({ vpcId, egress, vpc, publicSubnets, privateSubnets, privateRouteTables });
    if (problems.length > 0) throw new pulumi.RunError([...problems, "Nothing was created."].join("\n"));
    return onePerZone(privateSubnets, endpointZones);
}

async function subnetOf(id: string, key: string, options: Options): Promise<GivenSubnet> {
    const found = await aws.ec2.getSubnet({ id }, options).catch((error: unknown) => {
        throw notFound(`fargate:network.${key}`, id, "ids of subnets of this account and region", error);
    });
    const { vpcId, availabilityZone: zone, availabilityZoneId: zoneId, cidrBlock: cidr } = found;
    return { id, vpcId, zone, zoneId, cidr };
}

/** A subnet without one of its own has the VPC's main route table. */
async function ownRouteTable(subnetId: string, options: Options): Promise<string | undefined> {
    const filters = [{ name: "association.subnet-id", values: [subnetId] }];
    const { ids } = await asked(`for the route table of ${subnetId}`, aws.ec2.getRouteTables({ filters }, options));
    return ids[0];
}

async function routeTableOf(routeTableId: string, options: Options): Promise<GivenRouteTable> {
    const { vpcId, routes } = await aws.ec2.getRouteTable({ routeTableId }, options).catch((error: unknown) => {
        const allowed = "ids of route tables of this account and region";
        throw notFound("fargate:network.privateRouteTableIds", routeTableId, allowed, error);
    });
    const isPublic = routes.some(({ cidrBlock, gatewayId }) => cidrBlock === "0.0.0.0/0" && gatewayId.startsWith("igw-"));
    return { id: routeTableId, vpcId, isPublic };
}
