import { BlockList, isIPv6 } from "node:net";

/** Addresses that mean something inside of a network alone. */
const INTERNAL = new BlockList();
for (const [network, prefix] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
] as const)
    INTERNAL.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
    ["::", 127],
    ["fc00::", 7],
    ["fe80::", 10],
] as const)
    INTERNAL.addSubnet(network, prefix, "ipv6");

/** Whether these are addresses, and all of them ones that the world can ask. */
export function arePublic(addresses: readonly string[]): boolean {
    return addresses.length > 0 && !addresses.some(address => INTERNAL.check(address, isIPv6(address) ? "ipv6" : "ipv4"));
}
