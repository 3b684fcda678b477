/** IPv4 blocks in CIDR notation, as arithmetic on numbers. */

export interface Cidr {
    /** First address, as an unsigned 32-bit number. */
    readonly base: number;
    /** Length of the prefix, in bits. */
    readonly prefix: number;
}

const NUMBER = "(0|[1-9]\\d{0,2})";
const NOTATION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}\\.${NUMBER}/${NUMBER}$`);

/** Number of addresses in a block. */
export function size(cidr: Cidr): number {
    return 2 ** (32 - cidr.prefix);
}

/** The block written as `text`, or undefined where `text` is not one (bits set behind the prefix included). */
export function parseCidr(text: string): Cidr | undefined {
    const block = blockOf(text);
    return block !== undefined && formatCidr(block) === text ? block : undefined;
}

/** The block that an address with a prefix lies in, `10.0.0.0/16` of `10.0.0.1/16`; undefined where `text` is no such address. */
export function blockOf(text: string): Cidr | undefined {
    const numbers = NOTATION.exec(text)?.slice(1).map(Number);
    if (numbers === undefined) return undefined;
    const prefix = numbers.pop() ?? 33;
    if (prefix > 32 || numbers.some(octet => octet > 255)) return undefined;
    const base = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
    return { base: base - (base % 2 ** (32 - prefix)), prefix };
}

export function formatCidr({ base, prefix }: Cidr): string {
    const octets = [24, 16, 8, 0].map(shift => Math.floor(base / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
}

/** RFC 1918, and RFC 6598 for carriers' own networks. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].flatMap(text => parseCidr(text) ?? []);

/** Whether nobody on the internet can have an address of a block. */
export function isPrivate(block: Cidr): boolean {
    return PRIVATE.some(own => contains(own, block));
}

export function contains(outer: Cidr, inner: Cidr): boolean {
    return inner.base >= outer.base && inner.base + size(inner) <= outer.base + size(outer);
}
