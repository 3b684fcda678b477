import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What the stand-in knows of awsx. */
export const VPC = "awsx:ec2:Vpc";

interface SubnetSpec {
    readonly type: "Public" | "Private" | "Isolated" | "Unused";
    readonly name?: string;
    readonly cidrBlocks?: readonly string[];
    readonly tags?: Record<string, string>;
}

export interface VpcArgs {
    readonly availabilityZoneNames: readonly string[];
    readonly subnetSpecs: readonly SubnetSpec[];
    readonly cidrBlock?: string;
    readonly natGateways?: { readonly strategy?: "None" | "Single" | "OnePerAz" };
    readonly enableDnsHostnames?: boolean;
    readonly enableDnsSupport?: boolean;
    readonly instanceTenancy?: string;
    readonly tags?: Record<string, string>;
}

/** `subnetStrategy` says how awsx would choose blocks, and none is chosen here; `region` is the provider's. */
const KNOWN = [
    "availabilityZoneNames",
    "cidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "instanceTenancy",
    "natGateways",
    "region",
    "subnetSpecs",
    "subnetStrategy",
    "tags",
];

export function refuse(what: string): never {
    throw new Error(`The stand-in for awsx, part of an engine that is built here, ${what}`);
}

/** @throws Error for what only the real plugin can do */
export function vpcArgs(inputs: pulumi.Inputs): VpcArgs {
    const unknown = Object.keys(inputs).filter(key => inputs[key] !== undefined && !KNOWN.includes(key));
    if (unknown.length > 0) refuse(`does not know ${unknown.join(", ")} of ${VPC}; it knows ${KNOWN.join(", ")}`);
    const { availabilityZoneNames: zones, subnetSpecs: specs } = inputs as Partial<VpcArgs>;
    if (!Array.isArray(zones)) return refuse("needs availabilityZoneNames");
    if (specs === undefined || specs.length === 0) return refuse("needs subnetSpecs");
    for (const { type, cidrBlocks } of specs)
        if (type !== "Unused" && cidrBlocks?.length !== zones.length)
            refuse(`needs one of cidrBlocks a zone for ${type} subnets`);
    return inputs as VpcArgs;
}

/** A subnet in a zone, with its route table. */
interface Place {
    readonly zone: number;
    readonly type: SubnetSpec["type"];
    readonly label: string;
    readonly subnet: aws.ec2.Subnet;
    readonly table: aws.ec2.RouteTable;
}

export class Vpc extends pulumi.ComponentResource {
    readonly state: pulumi.Inputs;

    constructor(name: string, args: VpcArgs, options: pulumi.ComponentResourceOptions) {
        super(VPC, name, {}, options);
        const tags = { ...args.tags, Name: args.tags?.["Name"] ?? name };
        const vpc = new aws.ec2.Vpc(
            name,
            {
                cidrBlock: args.cidrBlock ?? "10.0.0.0/16",
                enableDnsHostnames: args.enableDnsHostnames,
                enableDnsSupport: args.enableDnsSupport,
                instanceTenancy: args.instanceTenancy,
                tags,
            },
            { parent: this },
        );
        const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags }, { parent: vpc, dependsOn: [vpc] });

        const specs = args.subnetSpecs.filter(({ type }) => type !== "Unused");
        const places = args.availabilityZoneNames.flatMap((_, zone) =>
            specs.map(spec => createSubnet(name, args, spec, zone, vpc)),
        );
        const routeTableAssociations = places.map(
            ({ label, subnet, table }) =>
                new aws.ec2.RouteTableAssociation(label, { routeTableId: table.id, subnetId: subnet.id }, { parent: table }),
        );
        const { eips, natGateways } = createNatGateways(name, args, places);
        const routes = places.flatMap(({ zone, type, label, table }) => {
            const nat = natGateways[Math.min(zone, natGateways.length - 1)];
            const target =
                type === "Public"
                    ? { gatewayId: gateway.id }
                    : type === "Private" && nat !== undefined
                      ? { natGatewayId: nat.id }
                      : undefined;
            if (target === undefined) return [];
            const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target };
            return [new aws.ec2.Route(label, route, { parent: table })];
        });

        const subnetsOf = (wanted: SubnetSpec["type"]) =>
            places.filter(({ type }) => type === wanted).map(({ subnet }) => subnet);
        const idsOf = (wanted: SubnetSpec["type"]) => subnetsOf(wanted).map(({ id }) => id);
        this.state = {
            vpc,
            vpcId: vpc.id,
            internetGateway: gateway,
            subnets: places.map(({ subnet }) => subnet),
            routeTables: places.map(({ table }) => table),
            routeTableAssociations,
            routes,
            eips,
            natGateways,
            vpcEndpoints: [],
            subnetLayout: args.subnetSpecs,
            publicSubnets: subnetsOf("Public"),
            privateSubnets: subnetsOf("Private"),
            isolatedSubnets: subnetsOf("Isolated"),
            publicSubnetIds: idsOf("Public"),
            privateSubnetIds: idsOf("Private"),
            isolatedSubnetIds: idsOf("Isolated"),
        };
        this.registerOutputs(this.state);
    }
}

function createSubnet(name: string, args: VpcArgs, spec: SubnetSpec, zone: number, vpc: aws.ec2.Vpc): Place {
    const label = `${name}-${spec.name ?? spec.type.toLowerCase()}-${zone + 1}`;
    const tags = { ...args.tags, Name: label, SubnetType: spec.type, ...spec.tags };
    const subnet = new aws.ec2.Subnet(
        label,
        {
            vpcId: vpc.id,
            availabilityZone: args.availabilityZoneNames[zone],
            cidrBlock: spec.cidrBlocks?.[zone],
            mapPublicIpOnLaunch: spec.type === "Public",
            assignIpv6AddressOnCreation: false,
            tags,
        },
        { parent: vpc, dependsOn: [vpc] },
    );
    const table = new aws.ec2.RouteTable(label, { vpcId: vpc.id, tags }, { parent: subnet, dependsOn: [subnet] });
    return { zone, type: spec.type, label, subnet, table };
}

function createNatGateways(
    name: string,
    args: VpcArgs,
    places: readonly Place[],
): { readonly eips: aws.ec2.Eip[]; readonly natGateways: aws.ec2.NatGateway[] } {
    const has = (wanted: SubnetSpec["type"]) => places.some(({ type }) => type === wanted);
    const strategy = args.natGateways?.strategy ?? (has("Public") && has("Private") ? "OnePerAz" : "None");
    const eips: aws.ec2.Eip[] = [];
    const natGateways: aws.ec2.NatGateway[] = [];
    for (const { zone, type, subnet } of places) {
        // One a zone, in its first public subnet.
        if (type !== "Public" || zone !== natGateways.length || strategy === "None" || (strategy === "Single" && zone > 0))
            continue;
        const label = `${name}-${zone + 1}`;
        const tags = { ...args.tags, Name: label };
        const onSubnet = { parent: subnet, dependsOn: [subnet] };
        const eip = new aws.ec2.Eip(label, { tags }, onSubnet);
        eips.push(eip);
        natGateways.push(new aws.ec2.NatGateway(label, { subnetId: subnet.id, allocationId: eip.allocationId, tags }, onSubnet));
    }
    return { eips, natGateways };
}
