import { Graph, indexed } from "../../inventory/graph";
import { UNKNOWN, isAbsent, mayBe } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import {
    DEFAULT_SECURITY_GROUP,
    EGRESS_RULE,
    INGRESS_RULE,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
    VPC,
    VPC_ENDPOINT,
} from "../../inventory/types/ec2";
import { SERVICE } from "../../inventory/types/ecs";
import { STATE_MACHINE } from "../../inventory/types/sfn";
import { LISTENER, LOAD_BALANCER } from "../../inventory/types/elb";
import {
    GroupRule,
    groupRules,
    hasKnownTraffic,
    isEveryProtocol,
    isOfEverybody,
    isOfInternet,
    loadBalancerGroups,
    taskGroups,
    traffic,
} from "../reading/group-rules";
import { Rule, stackRule } from "../rule";

const defaultGroupsAreClosed = stackRule({
    name: "default-groups-are-closed",
    title: "The default security group of a VPC has no rule.",
    controls: ["EC2.2"],
    severity: "high",
    reason: "AWS lets everything in that group talk to everything else in it, and puts there whatever names no group.",
    fix: "Adopt the group with aws.ec2.DefaultSecurityGroup and give it neither ingress nor egress.",
    standing: { is: "met", where: "components/network.ts" },
    types: [VPC, DEFAULT_SECURITY_GROUP],
    find: stack => [
        ...stack
            .ofType(VPC)
            .filter(vpc => stack.referring(vpc, DEFAULT_SECURITY_GROUP, "vpcId").length === 0)
            .map(resource => ({ resource, what: "its default security group keeps the rules of AWS" })),
        ...stack
            .ofType(DEFAULT_SECURITY_GROUP)
            .flatMap(resource =>
                ["ingress", "egress"]
                    .filter(direction => !isAbsent(resource.inputs[direction]) && resource.inputs[direction] !== UNKNOWN)
                    .map(direction => ({ resource, what: `it has ${direction} rules` })),
            ),
    ],
});

const ingressIsOpenForListenersOnly = stackRule({
    name: "ingress-is-open-for-listeners-only",
    title: "Groups let in the whole internet at the ports of a load balancer's listeners only.",
    controls: ["EC2.13", "EC2.18", "EC2.19", "EC2.53", "EC2.54"],
    severity: "high",
    reason: "Every address is scanned for open ports within minutes.",
    fix: "Let in a group, or the port of a listener.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [INGRESS_RULE, SECURITY_GROUP_RULE, SECURITY_GROUP],
    find: stack =>
        groupRules(stack)
            .filter(rule => rule.direction === "ingress" && isOfEverybody(rule))
            .filter(hasKnownTraffic)
            .filter(({ group, protocol, fromPort, toPort }) => {
                const ports = group === undefined ? [] : listenerPorts(stack, group);
                return !(protocol === "tcp" && fromPort === toPort && ports.some(port => mayBe(port, fromPort)));
            })
            .map(rule => ({ resource: rule.resource, what: `${traffic(rule)} is open to the internet` })),
});

/** Ports of the listeners of the load balancers that a group is put on. */
function listenerPorts(stack: Graph, group: Resource): unknown[] {
    return stack
        .referring(group, LOAD_BALANCER, "securityGroups")
        .flatMap(balancer => stack.referring(balancer, LISTENER, "loadBalancerArn"))
        .map(({ inputs }) => inputs["port"]);
}

const noPathFromTheInternetToATask = stackRule({
    name: "no-path-from-the-internet-to-a-task",
    title: "The internet reaches tasks through a load balancer alone.",
    controls: ["EC2.18", "EC2.19"],
    severity: "critical",
    reason: "Past the load balancer there is no TLS, no routing, no firewall and no access log.",
    fix: "Let the group of the tasks in from the load balancer's group only.",
    standing: { is: "met", where: "components/group-rules.ts" },
    types: [SERVICE, STATE_MACHINE, SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP_RULE],
    find: stack => {
        const inwards = indexed(
            groupRules(stack).filter(({ direction }) => direction === "ingress"),
            ({ group }) => [group],
        );
        const doors = loadBalancerGroups(stack);
        return [...taskGroups(stack)].flatMap(group =>
            pathsTo(group, inwards, doors, [group]).map(path => ({
                resource: path[0]?.resource ?? group,
                what: `${startOf(path)} → ${path.map(rule => `${rule.group?.name ?? ""} (${traffic(rule)})`).join(" → ")} is open`,
            })),
        );
    },
});

/** Where a path begins. */
function startOf([first]: readonly GroupRule[]): string {
    return first?.peer.kind === "list" ? `prefix list ${first.peer.id}, which may hold any address,` : "internet";
}

/** Every way from the internet, or what may be it, to a group, from the outside in. What passes a load balancer's own group passed the load balancer. */
function pathsTo(
    group: Resource,
    inwards: ReadonlyMap<Resource | undefined, readonly GroupRule[]>,
    doors: ReadonlySet<Resource>,
    seen: readonly Resource[],
): GroupRule[][] {
    return (inwards.get(group) ?? []).flatMap(rule => {
        if (isOfInternet(rule) || rule.peer.kind === "list") return [[rule]];
        if (rule.peer.kind !== "group" || doors.has(rule.peer.group) || seen.includes(rule.peer.group)) return [];
        const { group: before } = rule.peer;
        return pathsTo(before, inwards, doors, [...seen, before]).map(path => [...path, rule]);
    });
}

const HTTPS_PORT = 443;

const trafficFollowsItsArrows = stackRule({
    name: "traffic-follows-its-arrows",
    title: "What goes out of a group, or from one group to another, is one port of one protocol, and both ends agree on it.",
    controls: [],
    severity: "high",
    reason: "A wider rule is a way out for data, or a way further in, that no feature needs.",
    fix: "Give the rule the one port and target that its arrow needs, and its counterpart on the other group the same.",
    standing: { is: "met", where: "components/group-rules.ts" },
    types: [EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP_RULE, SECURITY_GROUP],
    find: stack => {
        const rules = groupRules(stack);
        const byGroup = indexed(rules, ({ group }) => [group]);
        const hasEndpoints = stack.ofType(VPC_ENDPOINT).some(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
        return rules.flatMap(rule => {
            const what = tooWide(rule) ?? toInternet(rule, hasEndpoints) ?? oneSided(rule, byGroup);
            return what === undefined ? [] : [{ resource: rule.resource, what }];
        });
    },
});

function tooWide(rule: GroupRule): string | undefined {
    const { direction, peer, protocol, fromPort, toPort } = rule;
    if (direction === "ingress" && peer.kind !== "group") return undefined;
    if (isEveryProtocol(protocol)) return `${direction} of every protocol and port`;
    if (!hasKnownTraffic(rule) || fromPort === toPort) return undefined;
    return `${direction} of ${traffic(rule)}, more than one port`;
}

/** Without internet for tasks, nothing goes out to it; with NAT gateways, HTTPS to everybody, and what else is named by its block. */
function toInternet(rule: GroupRule, hasEndpoints: boolean): string | undefined {
    if (rule.direction !== "egress" || !isOfInternet(rule)) return undefined;
    if (hasEndpoints) return `egress of ${traffic(rule)} to the internet, though endpoints serve what tasks need`;
    const isHttps = rule.protocol === "tcp" && rule.fromPort === HTTPS_PORT;
    if (isHttps || !isOfEverybody(rule) || !hasKnownTraffic(rule)) return undefined;
    return `egress of ${traffic(rule)} to the whole internet, which is no HTTPS`;
}

/** A rule between two groups of this stack needs its counterpart on the other one. */
function oneSided(rule: GroupRule, byGroup: ReadonlyMap<Resource | undefined, readonly GroupRule[]>): string | undefined {
    const { direction, group, peer } = rule;
    if (group === undefined || peer.kind !== "group" || !hasKnownTraffic(rule)) return undefined;
    const isWhole = (byGroup.get(peer.group) ?? []).some(
        other =>
            other.direction !== direction &&
            other.peer.kind === "group" &&
            other.peer.group === group &&
            (traffic(other) === traffic(rule) || !hasKnownTraffic(other)),
    );
    const end = direction === "egress" ? "let it in" : "let it out";
    return isWhole ? undefined : `${direction} of ${traffic(rule)}, though ${peer.group.name} does not ${end}`;
}

export const securityGroupRules: readonly Rule[] = [
    defaultGroupsAreClosed,
    ingressIsOpenForListenersOnly,
    noPathFromTheInternetToATask,
    trafficFollowsItsArrows,
];
