import { parseCidr } from "./cidr";
import { SMALLEST_SUBNET } from "./subnets";
import { hasFargate } from "./zones";

/** A VPC that exists already, as AWS describes it. */
export interface GivenVpc {
    readonly enableDnsHostnames: boolean;
    readonly enableDnsSupport: boolean;
}

export interface GivenSubnet {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
    /** The same physical place in every account, which a zone's name is not. */
    readonly zoneId: string;
    readonly cidr: string;
}

/** What decides where a subnet's traffic goes: a route table of its own, or its VPC's main one. */
export interface GivenRouteTable {
    readonly id: string;
    readonly vpcId: string;
    /** Whether everything else goes to an internet gateway, which serves public addresses alone. */
    readonly isPublic: boolean;
}

export interface GivenNetwork {
    /** The key that what is wrong is told under: `fargate:network`, or below it. */
    readonly at: string;
    readonly vpcId: string;
    readonly egress: "existing" | "endpoints";
    readonly vpc: GivenVpc;
    /** The load balancer's; none where nothing has a route, or it is internal. */
    readonly publicSubnets: readonly GivenSubnet[];
    /** The private ones that an internal load balancer stands in. */
    readonly balanced: readonly GivenSubnet[];
    readonly privateSubnets: readonly (GivenSubnet & { readonly table: GivenRouteTable })[];
    /** Those that gateway endpoints are put on. */
    readonly privateRouteTables: readonly GivenRouteTable[];
}

/** The first subnet of each zone: AWS takes one a zone for an interface endpoint, and for a load balancer. */
export function onePerZone<Subnet extends Pick<GivenSubnet, "zone">>(subnets: readonly Subnet[]): Subnet[] {
    return subnets.filter(({ zone }, index) => subnets.findIndex(other => other.zone === zone) === index);
}

/** Something that is wrong with a network that exists. */
export interface NetworkProblem {
    /** The key that says it. */
    readonly place: string;
    readonly found: string;
    readonly allowed: string;
}

/** One line for each problem. */
export function networkProblems(network: GivenNetwork): string[] {
    return problemsOf(network).map(({ place, found, allowed }) => `${place}: found ${found}. Allowed: ${allowed}.`);
}

/** What AWS would refuse in the middle of an update, or what tasks could not live with. */
export function problemsOf(network: GivenNetwork): NetworkProblem[] {
    const { at, vpcId, publicSubnets, balanced, privateSubnets, privateRouteTables } = network;
    const inAnother = (key: string, noun: string, some: readonly { readonly id: string; readonly vpcId: string }[]) =>
        some
            .filter(one => one.vpcId !== vpcId)
            .map(one => problem(key, `${one.id}, which is in ${one.vpcId}`, `${noun}s of ${at}.vpcId, which is ${vpcId}`));
    const problems = [
        ...inAnother("publicSubnetIds", "subnet", publicSubnets),
        ...inAnother("privateSubnetIds", "subnet", privateSubnets),
        ...inAnother("privateRouteTableIds", "route table", privateRouteTables),
        ...publicSubnets.flatMap((...one) => loadBalancerProblems("publicSubnetIds", ...one)),
        ...balanced.flatMap((...one) => loadBalancerProblems("privateSubnetIds", ...one)),
        ...(balanced.length === 1
            ? [
                  problem(
                      "privateSubnetIds",
                      `all in ${balanced[0]?.zone ?? ""}`,
                      "subnets in two zones at least, which an internal load balancer needs",
                  ),
              ]
            : []),
        ...privateSubnets.flatMap(subnet => taskProblems(subnet, network)),
        ...(network.egress === "endpoints" ? endpointProblems(network) : []),
    ];
    // The way out stands beside the names of a network that is known by names.
    const placeOf = (key: string) => `${key === "egress" ? "fargate:network" : at}.${key}`;
    return problems.map(({ key, found, allowed }) => ({ place: placeOf(key), found, allowed }));
}

interface Problem {
    readonly key: string;
    readonly found: string;
    readonly allowed: string;
}

function loadBalancerProblems(key: string, { id, zone, cidr }: GivenSubnet, _: number, all: readonly GivenSubnet[]): Problem[] {
    const first = all.find(other => other.zone === zone);
    const isSecond = first !== undefined && first.id !== id;
    const isSmall = (parseCidr(cidr)?.prefix ?? 0) > SMALLEST_SUBNET;
    return [
        ...(isSecond
            ? [
                  problem(
                      key,
                      `${id} and ${first.id}, both in ${zone}`,
                      "one subnet a zone, which is all that a load balancer takes",
                  ),
              ]
            : []),
        ...(isSmall
            ? [problem(key, `${id}, a ${cidr}`, `blocks of /${SMALLEST_SUBNET} or larger, which a load balancer needs`)]
            : []),
    ];
}

function taskProblems({ id, zone, zoneId, table }: GivenNetwork["privateSubnets"][number], network: GivenNetwork): Problem[] {
    const allowed = "subnets with a way out through NAT or another network: tasks have no public address";
    return [
        ...(hasFargate(zoneId)
            ? []
            : [problem("privateSubnetIds", `${id} in ${zone} (${zoneId})`, "subnets in zones that have Fargate")]),
        ...(network.egress === "existing" && table.isPublic
            ? [
                  problem(
                      "privateSubnetIds",
                      `${id}, whose way out is the internet gateway (${table.id})`,
                      `${allowed}, or egress: endpoints`,
                  ),
              ]
            : []),
    ];
}

function endpointProblems({ vpcId, vpc, privateSubnets, privateRouteTables }: GivenNetwork): Problem[] {
    const isOn = vpc.enableDnsHostnames && vpc.enableDnsSupport;
    const known = privateRouteTables.map(({ id }) => id);
    return [
        ...(isOn
            ? []
            : [
                  problem(
                      "egress",
                      `endpoints in ${vpcId} without DNS`,
                      "a VPC with enableDnsHostnames and enableDnsSupport, for the endpoints' names",
                  ),
              ]),
        ...privateSubnets
            .filter(({ table }) => !known.includes(table.id))
            .map(({ id, table }) =>
                problem(
                    "privateRouteTableIds",
                    `no ${table.id}, which ${id} uses`,
                    "the route tables of all private subnets: images come through their S3 gateway",
                ),
            ),
    ];
}

function problem(key: string, found: string, allowed: string): Problem {
    return { key, found, allowed };
}
