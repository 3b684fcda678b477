import { Cidr, formatCidr, parseCidr, size } from "./cidr";

/**
 * How a VPC's block is cut. Each zone has a fixed slot, so that appending a zone moves nobody:
 *
 *     | private 1 … private 8 | public 1 … public 8 | free for what the team adds itself |
 *       1/16 of the VPC each    1/32 each             1/4 of the VPC
 */
const PRIVATE_BITS = 4;
const PUBLIC_BITS = 5;

/** Zones that fit into the layout. No AWS region has more than six. */
export const MAX_ZONES = 8;

/** AWS's largest VPC block. */
export const LARGEST_PREFIX = 16;

/** A load balancer needs a /27 at least in each subnet (ELB user guide, "Subnets for your load balancer"). */
export const SMALLEST_SUBNET = 27;
export const SMALLEST_PREFIX = SMALLEST_SUBNET - PUBLIC_BITS;

export interface SubnetBlocks {
    /** One block a zone, in the order of the zones. */
    readonly private: readonly string[];
    readonly public: readonly string[];
}

/**
 * The subnets' blocks for a VPC over a number of zones.
 *
 * @throws RangeError when the block or the number of zones is outside of what the layout carries.
 */
export function subnetBlocks(vpc: string, zones: number): SubnetBlocks {
    const cidr = parseCidr(vpc);
    if (cidr === undefined || cidr.prefix < LARGEST_PREFIX || cidr.prefix > SMALLEST_PREFIX) {
        throw new RangeError(`a VPC's block is a /${LARGEST_PREFIX} to /${SMALLEST_PREFIX}, found ${vpc}`);
    }
    if (!Number.isInteger(zones) || zones < 1 || zones > MAX_ZONES) {
        throw new RangeError(`a VPC spans 1 to ${MAX_ZONES} zones, found ${zones}`);
    }
    return {
        private: slots(cidr, cidr.base, PRIVATE_BITS, zones),
        public: slots(cidr, cidr.base + size(cidr) / 2, PUBLIC_BITS, zones),
    };
}

function slots(vpc: Cidr, base: number, bits: number, count: number): string[] {
    const prefix = vpc.prefix + bits;
    return Array.from({ length: count }, (_, index) => formatCidr({ base: base + index * size({ base, prefix }), prefix }));
}
