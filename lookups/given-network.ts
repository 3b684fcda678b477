import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GivenRouteTable, GivenSubnet, networkProblems, onePerZone } from "../model/given-network";
import type { ExistingNetwork, NamedNetwork, Settings } from "../settings";
import { placeOf } from "../settings/named-network";
import { allOf, asked, notFound } from "./not-found";

type Options = pulumi.InvokeOptions;

/**
 * Ids of the first private subnet of each zone, in a VPC that exists already.
 *
 * @param told the network as the stack's file tells it
 * @throws pulumi.RunError that lists what AWS would refuse of the VPC, its subnets and route tables in the middle of an update.
 */
export async function subnetPerZone(
    { network, services, loadBalancer }: Pick<Settings, "services" | "loadBalancer"> & { readonly network: ExistingNetwork },
    told: ExistingNetwork | NamedNetwork,
    options: Options,
): Promise<string[]> {
    const { vpcId, egress } = network;
    const at = told.kind === "existing" ? "fargate:network" : `fargate:network.${placeOf(told)}`;
    const isRouted = services.some(({ route }) => route !== undefined);
    const isInternal = loadBalancer?.internal === true;
    const [vpc, publicSubnets, subnets, privateRouteTables] = await Promise.all([
        aws.ec2.getVpc({ id: vpcId }, options).catch((error: unknown) => {
            throw notFound(`${at}.vpcId`, vpcId, "the id of a VPC of this account and region", error);
        }),
        allOf(isRouted && !isInternal ? network.publicSubnetIds.map(id => subnetOf(id, `${at}.publicSubnetIds`, options)) : []),
        allOf(network.privateSubnetIds.map(id => subnetOf(id, `${at}.privateSubnetIds`, options))),
        allOf(egress === "endpoints" ? network.privateRouteTableIds.map(id => routeTableOf(id, at, options)) : []),
    ]);
    const privateSubnets = await allOf(
        subnets.map(async subnet => {
            const tableId = (await ownRouteTable(subnet.id, options)) ?? vpc.mainRouteTableId;
            return { ...subnet, table: await routeTableOf(tableId, at, options) };
        }),
    );
    const perZone = onePerZone(privateSubnets);
    const balanced = isRouted && isInternal ? perZone : [];
    const problems = networkProblems({ at, vpcId, egress, vpc, publicSubnets, balanced, privateSubnets, privateRouteTables });
    if (problems.length > 0) throw new pulumi.RunError([...problems, "Nothing was created."].join("\n"));
    return perZone.map(({ id }) => id);
}

async function subnetOf(id: string, key: string, options: Options): Promise<GivenSubnet> {
    const found = await aws.ec2.getSubnet({ id }, options).catch((error: unknown) => {
        throw notFound(key, id, "ids of subnets of this account and region", error);
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

async function routeTableOf(routeTableId: string, at: string, options: Options): Promise<GivenRouteTable> {
    const { vpcId, routes } = await aws.ec2.getRouteTable({ routeTableId }, options).catch((error: unknown) => {
        const allowed = "ids of route tables of this account and region";
        throw notFound(`${at}.privateRouteTableIds`, routeTableId, allowed, error);
    });
    const isPublic = routes.some(({ cidrBlock, gatewayId }) => cidrBlock === "0.0.0.0/0" && gatewayId.startsWith("igw-"));
    return { id: routeTableId, vpcId, isPublic };
}
