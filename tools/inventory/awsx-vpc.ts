import { EIP, INTERNET_GATEWAY, NAT_GATEWAY, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET, VPC } from "./types/ec2";

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
    const vpc = { type: VPC, name: spec.name };
    return [
        { ...vpc, inputs: { cidrBlock: spec.cidrBlock } },
        { type: INTERNET_GATEWAY, name: spec.name, parent: vpc, inputs: {} },
        ...spec.zones.flatMap((zone, index) => spec.subnets.flatMap(subnet => subnetChildren(spec, subnet, zone, index, vpc))),
    ];
}

/** Zones, by index, whose public subnet holds a NAT gateway. */
function hasNatGateway(spec: VpcSpec, index: number): boolean {
    return spec.natStrategy === "OnePerAz" || (spec.natStrategy === "Single" && index === 0);
}

function subnetChildren(spec: VpcSpec, subnet: SubnetSpec, zone: string, index: number, parent: VpcChild["parent"]): VpcChild[] {
    const name = `${spec.name}-${subnet.name}-${index + 1}`;
    const self = { type: SUBNET, name };
    const table = { type: ROUTE_TABLE, name };
    const isPublic = subnet.type === "Public";
    const children: VpcChild[] = [
        {
            ...self,
            parent,
            inputs: { availabilityZone: zone, cidrBlock: subnet.cidrBlocks[index], mapPublicIpOnLaunch: false },
        },
        { ...table, parent: self, inputs: {} },
        { type: ROUTE_TABLE_ASSOCIATION, name, parent: table, inputs: {} },
    ];
    if (isPublic || spec.natStrategy !== "None") {
        const target = isPublic ? "internet gateway" : "NAT gateway";
        const inputs = { destinationCidrBlock: "0.0.0.0/0", target };
        children.push({ type: ROUTE, name, parent: table, inputs });
    }
    if (isPublic && hasNatGateway(spec, index)) {
        const nat = `${spec.name}-${index + 1}`;
        children.push(
            { type: EIP, name: nat, parent: self, inputs: {} },
            { type: NAT_GATEWAY, name: nat, parent: self, inputs: { availabilityZone: zone } },
        );
    }
    return children;
}
