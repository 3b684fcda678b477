import type { GivenRouteTable, GivenSubnet, GivenVpc } from "../../model/given-network";
import type { Subject } from "./check";
import type { GivenIds } from "./given-ids";
import type { Endpoint, Way } from "./ways";

export interface FoundTable extends GivenRouteTable {
    /** Where all goes that is of no other route. */
    readonly way: Way;
}

export interface FoundSubnet extends GivenSubnet {
    /** Addresses that nobody has. */
    readonly free: number;
    readonly table: FoundTable;
}

/** A VPC that exists, as EC2 describes it. What of it is not there is missing here. */
export interface FoundNetwork {
    readonly vpc: GivenVpc & { readonly cidr: string };
    readonly subnets: readonly FoundSubnet[];
    readonly tables: readonly FoundTable[];
    readonly endpoints: readonly Endpoint[];
    /** The account that shares the VPC with this one, which sees no endpoint of its owner's. */
    readonly sharedBy?: string;
}

/** Endpoints that answer nobody, and never will. */
const GONE = /^(deleting|deleted|expired|failed|rejected)$/i;

const NO_TABLE: FoundTable = { id: "no route table", vpcId: "", isPublic: false, way: { kind: "none" } };

/** @returns undefined where there is no such VPC */
export async function foundNetwork(ids: GivenIds, { aws }: Pick<Subject, "aws">): Promise<FoundNetwork | undefined> {
    const { vpcId: VpcId } = ids;
    const ec2 = await import("@aws-sdk/client-ec2");
    const client = await aws.ec2();
    const by = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });
    const attribute = (Attribute: "enableDnsHostnames" | "enableDnsSupport") =>
        client.send(new ec2.DescribeVpcAttributeCommand({ VpcId, Attribute }));
    const { Vpcs: [vpc] = [] } = await client.send(new ec2.DescribeVpcsCommand(by("vpc-id", VpcId)));
    if (vpc === undefined) return undefined;
    const subnetIds = [...ids.publicSubnetIds, ...ids.privateSubnetIds];
    const [{ EnableDnsHostnames }, { EnableDnsSupport }, { Subnets = [] }, ofVpc, named, { VpcEndpoints = [] }, sharedBy] =
        await Promise.all([
            attribute("enableDnsHostnames"),
            attribute("enableDnsSupport"),
            client.send(new ec2.DescribeSubnetsCommand(by("subnet-id", ...subnetIds))),
            client.send(new ec2.DescribeRouteTablesCommand(by("vpc-id", VpcId))),
            ids.privateRouteTableIds.length === 0
                ? undefined
                : client.send(new ec2.DescribeRouteTablesCommand(by("route-table-id", ...ids.privateRouteTableIds))),
            client.send(new ec2.DescribeVpcEndpointsCommand(by("vpc-id", VpcId))),
            otherOwner(vpc.OwnerId, aws),
        ]);
    const groupIds = VpcEndpoints.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []));
    const { SecurityGroups = [] } =
        groupIds.length === 0
            ? {}
            : await client.send(new ec2.DescribeSecurityGroupsCommand(by("group-id", ...new Set(groupIds))));
    const tables = [...(ofVpc.RouteTables ?? []), ...(named?.RouteTables ?? [])];
    const isDns = EnableDnsHostnames?.Value === true && EnableDnsSupport?.Value === true;
    const tableOf = (subnetId: string) =>
        tables.find(({ Associations = [] }) => Associations.some(one => one.SubnetId === subnetId)) ??
        ofVpc.RouteTables?.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
    return {
        sharedBy,
        vpc: {
            enableDnsHostnames: EnableDnsHostnames?.Value === true,
            enableDnsSupport: EnableDnsSupport?.Value === true,
            cidr: vpc.CidrBlock ?? "",
        },
        subnets: Subnets.map(subnet => ({
            id: subnet.SubnetId ?? "",
            vpcId: subnet.VpcId ?? "",
            zone: subnet.AvailabilityZone ?? "",
            zoneId: subnet.AvailabilityZoneId ?? "",
            cidr: subnet.CidrBlock ?? "",
            free: subnet.AvailableIpAddressCount ?? 0,
            table: tableFrom(tableOf(subnet.SubnetId ?? "")),
        })),
        tables: tables.map(tableFrom),
        endpoints: VpcEndpoints.filter(({ State = "" }) => !GONE.test(State)).map(endpoint => ({
            id: endpoint.VpcEndpointId ?? "",
            service: endpoint.ServiceName ?? "",
            isGateway: endpoint.VpcEndpointType === "Gateway",
            // The name of S3 may lead there from outside of the VPC alone.
            isPrivateDns:
                endpoint.PrivateDnsEnabled === true &&
                endpoint.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== true &&
                isDns,
            tables: endpoint.RouteTableIds ?? [],
            groups: (endpoint.Groups ?? []).map(({ GroupId = "" }) => ({
                id: GroupId,
                rules: SecurityGroups.find(group => group.GroupId === GroupId)?.IpPermissions?.map(rule => ({
                    ports: rule.IpProtocol === "tcp" ? ([rule.FromPort ?? 0, rule.ToPort ?? 65_535] as const) : undefined,
                    isTcp: rule.IpProtocol === "tcp" || rule.IpProtocol === "-1",
                    blocks: (rule.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
                    groups: (rule.UserIdGroupPairs ?? []).flatMap(pair => pair.GroupId ?? []),
                    lists: (rule.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
                })),
            })),
        })),
    };
}

/** Whose a VPC is, where that is another account. */
async function otherOwner(owner: string | undefined, aws: Subject["aws"]): Promise<string | undefined> {
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Account } = await (await aws.sts()).send(new GetCallerIdentityCommand({}));
    return owner === Account ? undefined : owner;
}

interface TableAnswer {
    readonly RouteTableId?: string;
    readonly VpcId?: string;
    readonly Routes?: readonly RouteAnswer[];
}

interface RouteAnswer {
    readonly DestinationCidrBlock?: string;
    readonly DestinationIpv6CidrBlock?: string;
    readonly State?: string;
    readonly GatewayId?: string;
    readonly NatGatewayId?: string;
    readonly TransitGatewayId?: string;
    readonly NetworkInterfaceId?: string;
    readonly VpcPeeringConnectionId?: string;
    readonly CoreNetworkArn?: string;
}

export function tableFrom(table: TableAnswer | undefined): FoundTable {
    if (table === undefined) return NO_TABLE;
    const { RouteTableId: id = "", VpcId: vpcId = "", Routes = [] } = table;
    const alive = Routes.filter(
        ({ State, DestinationIpv6CidrBlock }) => State !== "blackhole" && DestinationIpv6CidrBlock === undefined,
    ).map(route => ({
        to: route.DestinationCidrBlock,
        through:
            route.NatGatewayId ??
            route.TransitGatewayId ??
            route.NetworkInterfaceId ??
            route.VpcPeeringConnectionId ??
            route.CoreNetworkArn ??
            route.GatewayId ??
            "",
    }));
    const everything = alive.find(({ to }) => to === "0.0.0.0/0")?.through;
    const isPublic = everything?.startsWith("igw-") === true;
    if (everything !== undefined && !isPublic) return { id, vpcId, isPublic, way: { kind: "everywhere", through: everything } };
    // A prefix list, or one half of all addresses, may well be where an API is; by a prefix list to `vpce-` goes what is for a gateway endpoint.
    const elsewhere = alive.find(
        ({ to, through }) => /^(tgw|pcx|vgw|eni|arn|nat)/.test(through) || (to !== undefined && through.startsWith("vpce-")),
    )?.through;
    return { id, vpcId, isPublic, way: elsewhere === undefined ? { kind: "none" } : { kind: "elsewhere", through: elsewhere } };
}
