import { Cidr, isPrivate, parseCidr } from "../../../model/cidr";

/** `fc00::/7` of RFC 4193. */
const PRIVATE_IPV6 = { start: /^f[cd]/i, prefix: 7 };

/** Nobody holds a shorter prefix than these: a larger block is one of several that make up the whole internet. */
const LARGEST_IPV4 = 8;
const LARGEST_IPV6 = 16;

/** Whether someone on the internet may have an address of a block. */
export function isPublic(block: string): boolean {
    if (isIpv6(block)) return !PRIVATE_IPV6.start.test(block) || prefixOf(block) < PRIVATE_IPV6.prefix;
    const parsed = ipv4Block(block);
    return parsed === undefined || !isPrivate(parsed);
}

/** Whether a block is the whole internet, or so much of it that nobody can mean less. */
export function isEverywhere(block: string): boolean {
    return isPublic(block) && prefixOf(block) < (isIpv6(block) ? LARGEST_IPV6 : LARGEST_IPV4);
}

function isIpv6(block: string): boolean {
    return block.includes(":");
}

function prefixOf(block: string): number {
    return Number(block.split("/")[1] ?? NaN);
}

/** AWS takes `10.0.0.0/1` for `0.0.0.0/1`: bits behind the prefix are dropped. */
function ipv4Block(block: string): Cidr | undefined {
    const address = parseCidr(`${block.split("/")[0] ?? ""}/32`);
    const prefix = prefixOf(block);
    if (address === undefined || !(prefix <= 32)) return undefined;
    const size = 2 ** (32 - prefix);
    return { base: Math.floor(address.base / size) * size, prefix };
}
