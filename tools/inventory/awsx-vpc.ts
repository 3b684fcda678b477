/**
 * What `awsx.ec2.Vpc` 3.9 creates for exact subnet specs, below components/network.ts. Its children come from a plugin, so that nothing but an engine shows them;
 * `plan`, cost and policy need them without one. A test on the engine holds this list against the real one.
 */

export interface VpcSpec {
    /** Logical name of the VPC. */
    readonly name: string;
    readonly cidrBlock: string;
    readonly zones: readonly string[];
    readonly subnets: readonly SubnetSpec[];
    readonly natStrategy: "None" | "Single" | "OnePerAz";
}

export interface SubnetSpec {
    readonly type: "Public" | "Private";
    readonly name: string;
    /** One a zone. */
    readonly cidrBlocks: readonly string[];
}

export interface VpcChild {
    readonly type: string;
    readonly name: string;
    /** The child above it, or undefined where that is the awsx component itself. */
    readonly parent?: { readonly type: string; readonly name: string };
    readonly inputs: Readonly<Record<string, unknown>>;
}

export function vpcChildren(spec: VpcSpec): VpcChild[] {
    const vpc = { type: "aws:ec2/vpc:Vpc", name: spec.name };
    return [
        { ...vpc, inputs: { cidrBlock: spec.cidrBlock } },
        { type: "aws:ec2/internetGateway:InternetGateway", name: spec.name, parent: vpc, inputs: {} },
        ...spec.zones.flatMap((zone, index) => spec.subnets.flatMap(subnet => subnetChildren(spec, subnet, zone, index, vpc))),
    ];
}

/** Zones, by index, whose public subnet holds a NAT gateway. */
function hasNatGateway(spec: VpcSpec, index: number): boolean {
    return spec.natStrategy === "OnePerAz" || (spec.natStrategy === "Single" && index === 0);
}

function subnetChildren(spec: VpcSpec, subnet: SubnetSpec, zone: string, index: number, parent: VpcChild["parent"]): VpcChild[] {
    const name = `${spec.name}-${subnet.name}-${index + 1}`;
    const self = { type: "aws:ec2/subnet:Subnet", name };
    const table = { type: "aws:ec2/routeTable:RouteTable", name };
    const isPublic = subnet.type === "Public";
    const children: VpcChild[] = [
        {
            ...self,
            parent,
            inputs: { availabilityZone: zone, cidrBlock: subnet.cidrBlocks[index], mapPublicIpOnLaunch: false },
        },
        { ...table, parent: self, inputs: {} },
        { type: "aws:ec2/routeTableAssociation:RouteTableAssociation", name, parent: table, inputs: {} },
    ];
    if (isPublic || spec.natStrategy !== "None") {
        const target = isPublic ? "internet gateway" : "NAT gateway";
        const inputs = { destinationCidrBlock: "0.0.0.0/0", target };
        children.push({ type: "aws:ec2/route:Route", name, parent: table, inputs });
    }
    if (isPublic && hasNatGateway(spec, index)) {
        const nat = `${spec.name}-${index + 1}`;
        children.push(
            { type: "aws:ec2/eip:Eip", name: nat, parent: self, inputs: {} },
            { type: "aws:ec2/natGateway:NatGateway", name: nat, parent: self, inputs: { availabilityZone: zone } },
        );
    }
    return children;
}
