import { isEverywhere, isPublic } from "./address-blocks";
import type { Resource } from "../../inventory/resource";
import type { Graph } from "../../inventory/graph";
import {
    EGRESS_RULE,
    INGRESS_RULE,
    PREFIX_LIST,
    PREFIX_LIST_ENTRY,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
} from "../../inventory/types/ec2";
import { SERVICE } from "../../inventory/types/ecs";
import { STATE_MACHINE } from "../../inventory/types/sfn";
import { LOAD_BALANCER } from "../../inventory/types/elb";
import { UNKNOWN, at, listOf, oneOrMore, texts } from "../../inventory/inputs";

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
    /** A prefix list that this stack does not make: its addresses are known to its owner alone. */
    | { readonly kind: "list"; readonly id: string }
    /** A group of another stack, or something that is not known yet. */
    | { readonly kind: "other" };

export function groupRules(stack: Graph): readonly GroupRule[] {
    return [
        ...stack.ofType(INGRESS_RULE).flatMap(rule => ruleResource(stack, rule, "ingress")),
        ...stack.ofType(EGRESS_RULE).flatMap(rule => ruleResource(stack, rule, "egress")),
        ...stack.ofType(SECURITY_GROUP_RULE).flatMap(rule => olderRuleResource(stack, rule)),
        ...stack.ofType(SECURITY_GROUP).flatMap(group => inlineRules(stack, group)),
    ];
}

/** Groups of the tasks of services and jobs. */
export function taskGroups(stack: Graph): ReadonlySet<Resource> {
    return new Set([
        ...stack.ofType(SERVICE).flatMap(service => stack.referred(service, "networkConfiguration", SECURITY_GROUP)),
        ...stack.ofType(STATE_MACHINE).flatMap(machine => stack.referred(machine, "definition", SECURITY_GROUP)),
    ]);
}

/** Groups of load balancers. */
export function loadBalancerGroups(stack: Graph): ReadonlySet<Resource> {
    return new Set(stack.ofType(LOAD_BALANCER).flatMap(balancer => stack.referred(balancer, "securityGroups", SECURITY_GROUP)));
}

export function isOfEverybody({ peer }: GroupRule): boolean {
    return peer.kind === "cidr" && isEverywhere(peer.cidr);
}

export function isOfInternet({ peer }: GroupRule): boolean {
    return peer.kind === "cidr" && isPublic(peer.cidr);
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

function ruleResource(stack: Graph, resource: Resource, direction: GroupRule["direction"]): GroupRule[] {
    const { inputs } = resource;
    const group = stack.referred(resource, "securityGroupId", SECURITY_GROUP)[0];
    const peers = [
        ...cidrs(inputs["cidrIpv4"], inputs["cidrIpv6"]),
        ...groups(stack.referred(resource, "referencedSecurityGroupId", SECURITY_GROUP)),
        ...lists(stack, stack.referred(resource, "prefixListId", PREFIX_LIST), inputs["prefixListId"]),
    ];
    const ports = { protocol: inputs["ipProtocol"], fromPort: inputs["fromPort"], toPort: inputs["toPort"] };
    return orOther(peers).map(peer => ({ resource, direction, group, peer, ...ports }));
}

function olderRuleResource(stack: Graph, resource: Resource): GroupRule[] {
    const { inputs } = resource;
    const direction = inputs["type"] === "egress" ? "egress" : "ingress";
    const group = stack.referred(resource, "securityGroupId", SECURITY_GROUP)[0];
    const peers = [
        ...cidrs(inputs["cidrBlocks"], inputs["ipv6CidrBlocks"]),
        ...groups(stack.referred(resource, "sourceSecurityGroupId", SECURITY_GROUP)),
        ...lists(stack, stack.referred(resource, "prefixListIds", PREFIX_LIST), inputs["prefixListIds"]),
    ];
    const ports = { protocol: inputs["protocol"], fromPort: inputs["fromPort"], toPort: inputs["toPort"] };
    return orOther(peers).map(peer => ({ resource, direction, group, peer, ...ports }));
}

function inlineRules(stack: Graph, group: Resource): GroupRule[] {
    return (["ingress", "egress"] as const).flatMap(direction =>
        listOf(group.inputs[direction]).flatMap(rule => {
            const named = (type: string, property: string) =>
                stack.ofType(type).filter(({ ids }) => ids.some(id => listOf(at(rule, property)).includes(id)));
            const peers = [
                ...cidrs(at(rule, "cidrBlocks"), at(rule, "ipv6CidrBlocks")),
                ...groups(named(SECURITY_GROUP, "securityGroups")),
                ...lists(stack, named(PREFIX_LIST, "prefixListIds"), at(rule, "prefixListIds")),
            ];
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

/** A list of this stack is the blocks on it; `given` are the ids that the rule has. */
function lists(stack: Graph, made: readonly Resource[], given: unknown): Peer[] {
    const blocks = made.flatMap(list => [
        ...listOf(list.inputs["entries"]).map(entry => at(entry, "cidr")),
        ...stack.referring(list, PREFIX_LIST_ENTRY, "prefixListId").map(({ inputs }) => inputs["cidr"]),
    ]);
    const foreign = texts(oneOrMore(given)).filter(id => !made.some(({ ids }) => ids.includes(id)));
    return [...cidrs(...blocks), ...foreign.map((id): Peer => ({ kind: "list", id }))];
}

function orOther(peers: readonly Peer[]): readonly Peer[] {
    return peers.length === 0 ? [{ kind: "other" }] : peers;
}
