import type { Resource } from "./resource";
import type { Stack } from "./stack";
import { EGRESS_RULE, INGRESS_RULE, LOAD_BALANCER, SECURITY_GROUP, SECURITY_GROUP_RULE, SERVICE } from "./types";
import { UNKNOWN, at, items, oneOrMore } from "./values";

/** One rule of a security group, in whichever of the three forms it was declared. */
export interface GroupRule {
    /** What declares it. */
    readonly resource: Resource;
    readonly direction: "ingress" | "egress";
    /** The group it belongs to, where this stack makes it. */
    readonly group: Resource | undefined;
    /** Whom it lets in or out to. */
    readonly peer: Peer;
    readonly protocol: unknown;
    readonly fromPort: unknown;
    readonly toPort: unknown;
}

export type Peer =
    | { readonly kind: "cidr"; readonly cidr: string }
    | { readonly kind: "group"; readonly group: Resource }
    /** A prefix list, a group of another stack, or something that is not known yet. */
    | { readonly kind: "other" };

export function groupRules(stack: Stack): readonly GroupRule[] {
    return [
        ...stack.ofType(INGRESS_RULE).flatMap(rule => ruleResource(stack, rule, "ingress")),
        ...stack.ofType(EGRESS_RULE).flatMap(rule => ruleResource(stack, rule, "egress")),
        ...stack.ofType(SECURITY_GROUP_RULE).flatMap(rule => olderRuleResource(stack, rule)),
        ...stack.ofType(SECURITY_GROUP).flatMap(group => inlineRules(stack, group)),
    ];
}

/** Groups of the tasks of a service. */
export function taskGroups(stack: Stack): ReadonlySet<Resource> {
    return new Set(stack.ofType(SERVICE).flatMap(service => stack.referred(service, "networkConfiguration", SECURITY_GROUP)));
}

/** Groups of load balancers. */
export function loadBalancerGroups(stack: Stack): ReadonlySet<Resource> {
    return new Set(stack.ofType(LOAD_BALANCER).flatMap(balancer => stack.referred(balancer, "securityGroups", SECURITY_GROUP)));
}

const EVERYWHERE = new Set(["0.0.0.0/0", "::/0"]);

export function isEverywhere({ peer }: GroupRule): boolean {
    return peer.kind === "cidr" && EVERYWHERE.has(peer.cidr);
}

/** Blocks that no one on the internet has (RFC 1918, 6598, 4193). */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i;

export function isFromInternet({ peer }: GroupRule): boolean {
    return peer.kind === "cidr" && !PRIVATE.test(peer.cidr);
}

/** Whether protocol and ports are known. */
export function hasKnownTraffic({ protocol, fromPort, toPort }: GroupRule): boolean {
    return ![protocol, fromPort, toPort].includes(UNKNOWN);
}

/** `tcp 443`, `every protocol`. */
export function traffic({ protocol, fromPort, toPort }: GroupRule): string {
    if (isEveryProtocol(protocol)) return "every protocol";
    if (fromPort === UNKNOWN || toPort === UNKNOWN) return String(protocol);
    return `${String(protocol)} ${String(fromPort)}${fromPort === toPort ? "" : `–${String(toPort)}`}`;
}

export function isEveryProtocol(protocol: unknown): boolean {
    return protocol === "-1" || protocol === -1 || protocol === "all";
}

function ruleResource(stack: Stack, resource: Resource, direction: GroupRule["direction"]): GroupRule[] {
    const { inputs } = resource;
    const group = stack.referred(resource, "securityGroupId", SECURITY_GROUP)[0];
    const peers = [
        ...cidrs(inputs["cidrIpv4"], inputs["cidrIpv6"]),
        ...groups(stack.referred(resource, "referencedSecurityGroupId", SECURITY_GROUP)),
    ];
    const ports = { protocol: inputs["ipProtocol"], fromPort: inputs["fromPort"], toPort: inputs["toPort"] };
    return orOther(peers).map(peer => ({ resource, direction, group, peer, ...ports }));
}

function olderRuleResource(stack: Stack, resource: Resource): GroupRule[] {
    const { inputs } = resource;
    const direction = inputs["type"] === "egress" ? "egress" : "ingress";
    const group = stack.referred(resource, "securityGroupId", SECURITY_GROUP)[0];
    const peers = [
        ...cidrs(inputs["cidrBlocks"], inputs["ipv6CidrBlocks"]),
        ...groups(stack.referred(resource, "sourceSecurityGroupId", SECURITY_GROUP)),
    ];
    const ports = { protocol: inputs["protocol"], fromPort: inputs["fromPort"], toPort: inputs["toPort"] };
    return orOther(peers).map(peer => ({ resource, direction, group, peer, ...ports }));
}

function inlineRules(stack: Stack, group: Resource): GroupRule[] {
    return (["ingress", "egress"] as const).flatMap(direction =>
        items(group.inputs[direction]).flatMap(rule => {
            const named = stack
                .ofType(SECURITY_GROUP)
                .filter(({ ids }) => ids.some(id => items(at(rule, "securityGroups")).includes(id)));
            const peers = [...cidrs(at(rule, "cidrBlocks"), at(rule, "ipv6CidrBlocks")), ...groups(named)];
            const ports = { protocol: at(rule, "protocol"), fromPort: at(rule, "fromPort"), toPort: at(rule, "toPort") };
            return orOther(peers).map(peer => ({ resource: group, direction, group, peer, ...ports }));
        }),
    );
}

function cidrs(...values: readonly unknown[]): Peer[] {
    return values
        .flatMap(oneOrMore)
        .filter((value): value is string => typeof value === "string" && value !== "")
        .map(cidr => ({ kind: "cidr", cidr }));
}

function groups(resources: readonly Resource[]): Peer[] {
    return resources.map(group => ({ kind: "group", group }));
}

function orOther(peers: readonly Peer[]): readonly Peer[] {
    return peers.length === 0 ? [{ kind: "other" }] : peers;
}
