import { IPv6 } from "ipaddr.js";
import { contains as containsIpv4, formatCidr, parseCidr } from "./cidr";

/** Blocks of either family, as load balancers and firewalls take them. */

export interface AddressBlock {
    readonly family: "ipv4" | "ipv6";
    /** In the shortest spelling, which no other block has. */
    readonly text: string;
    /** Length of the prefix, in bits. */
    readonly prefix: number;
}

/** The block written as `text`, or undefined where `text` is none, or has bits behind its prefix. An IPv4 address written as IPv6 is none. */
export function parseBlock(text: string): AddressBlock | undefined {
    const ipv4 = parseCidr(text);
    if (ipv4 !== undefined) return { family: "ipv4", text: formatCidr(ipv4), prefix: ipv4.prefix };
    if (text.includes("%") || !IPv6.isValidCIDR(text)) return undefined;
    const [address, prefix] = IPv6.parseCIDR(text);
    const first = IPv6.networkAddressFromCIDR(text).toRFC5952String();
    if (address.toRFC5952String() !== first || address.isIPv4MappedAddress()) return undefined;
    return { family: "ipv6", text: `${first}/${prefix}`, prefix };
}

export function contains(outer: AddressBlock, inner: AddressBlock): boolean {
    if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
    if (outer.family === "ipv6") return IPv6.parseCIDR(inner.text)[0].match(IPv6.parseCIDR(outer.text));
    const [a, b] = [parseCidr(outer.text), parseCidr(inner.text)];
    return a !== undefined && b !== undefined && containsIpv4(a, b);
}
