import { UNKNOWN, at, listOf, show } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { FLOW_LOG, NETWORK_ACL, NETWORK_ACL_RULE, SUBNET, VPC, VPC_ENDPOINT } from "../../inventory/types/ec2";
import { isEverywhere } from "../reading/address-blocks";
import { Rule, resourceRule, stackRule } from "../rule";

/** SSH and Remote Desktop. */
const ADMIN_PORTS = [22, 3389];

const networkAclsAreClosed = resourceRule({
    name: "network-acls-are-closed",
    title: "Network ACLs do not let in the whole internet at ports of remote administration.",
    controls: ["EC2.21"],
    severity: "medium",
    reason: "They are the second line behind security groups, and worth nothing when open.",
    fix: "Deny tcp 22 and 3389 from 0.0.0.0/0 and ::/0, or leave the VPC its default ACL, which the control does not look at.",
    standing: { is: "absent", part: "network ACLs of its own" },
    types: [NETWORK_ACL, NETWORK_ACL_RULE],
    check: resource =>
        entries(resource).flatMap(({ cidrs, ...entry }) => {
            const isOpen = cidrs.some(cidr => typeof cidr === "string" && isEverywhere(cidr));
            if (entry.action !== "allow" || !isOpen) return [];
            return ADMIN_PORTS.filter(port => includesPort(entry, port)).map(port => `it lets in tcp ${port} from everywhere`);
        }),
});

interface Entry {
    readonly action: unknown;
    readonly cidrs: readonly unknown[];
    readonly protocol: unknown;
    readonly fromPort: unknown;
    readonly toPort: unknown;
}

function entries({ type, inputs }: Resource): Entry[] {
    const entry = (rule: unknown, action: unknown): Entry => ({
        action,
        cidrs: [at(rule, "cidrBlock"), at(rule, "ipv6CidrBlock")],
        protocol: at(rule, "protocol"),
        fromPort: at(rule, "fromPort"),
        toPort: at(rule, "toPort"),
    });
    if (type === NETWORK_ACL) return listOf(inputs["ingress"]).map(rule => entry(rule, at(rule, "action")));
    return inputs["egress"] === true ? [] : [entry(inputs, inputs["ruleAction"])];
}

function includesPort({ protocol, fromPort, toPort }: Omit<Entry, "action" | "cidrs">, port: number): boolean {
    if (["-1", -1, "all"].includes(protocol as string)) return true;
    const isTcp = ["tcp", "6", 6].includes(protocol as string);
    return isTcp && Number(fromPort) <= port && port <= Number(toPort);
}

const subnetsGiveNoPublicAddresses = resourceRule({
    name: "subnets-give-no-public-addresses",
    title: "Subnets give no public address to what is started in them.",
    controls: ["EC2.15"],
    severity: "medium",
    reason: "Whatever lands in such a subnet, by mistake or by hand, is on the internet.",
    fix: "Set mapPublicIpOnLaunch to false; load balancers and NAT gateways get their addresses without it.",
    standing: { is: "met", where: "components/network.ts" },
    types: [SUBNET],
    check: ({ inputs }) => (inputs["mapPublicIpOnLaunch"] === true ? "mapPublicIpOnLaunch is true" : undefined),
});

const vpcsHaveAnEc2Endpoint = stackRule({
    name: "vpcs-have-an-ec2-endpoint",
    title: "VPCs have an interface endpoint for the EC2 API.",
    controls: ["EC2.10"],
    severity: "medium",
    reason: "Calls of the EC2 API from inside would otherwise go over the internet.",
    fix: "Make an interface endpoint for com.amazonaws.<region>.ec2.",
    standing: {
        is: "excepted",
        reason: "No Fargate task of this program calls the EC2 API, and each endpoint costs by the hour and zone; one that calls it has no way out but an endpoint.",
        covers: () => true,
    },
    types: [VPC],
    find: stack =>
        stack
            .ofType(VPC)
            .filter(vpc =>
                stack
                    .referring(vpc, VPC_ENDPOINT, "vpcId")
                    .every(({ inputs: { serviceName } }) => serviceName !== UNKNOWN && !show(serviceName).endsWith(".ec2")),
            )
            .map(resource => ({ resource, what: "it has no endpoint for the EC2 API" })),
});

/** What Security Hub asks of every VPC; the last word of a service's name. */
const MANAGEMENT = ["ssm", "ssm-contacts", "ssm-incidents"];

const vpcsHaveManagementEndpoints = stackRule({
    name: "vpcs-have-management-endpoints",
    title: "VPCs have interface endpoints for Systems Manager and its incident manager.",
    controls: ["EC2.57", "EC2.58", "EC2.60"],
    severity: "medium",
    reason: "Calls of these APIs from inside would otherwise go over the internet.",
    fix: `Make interface endpoints for com.amazonaws.<region>.${MANAGEMENT.join(", ")}.`,
    standing: {
        is: "excepted",
        reason: "Nothing in the VPC of this program calls them, parameters apart, which bring their endpoint with them; each costs 7 USD a month and zone, and more in most regions.",
        covers: () => true,
    },
    types: [VPC],
    find: stack =>
        stack.ofType(VPC).flatMap(resource => {
            const services = stack.referring(resource, VPC_ENDPOINT, "vpcId").map(({ inputs: { serviceName } }) => serviceName);
            const missing = MANAGEMENT.filter(
                name => !services.some(service => service === UNKNOWN || show(service).endsWith(`.${name}`)),
            );
            return missing.length === 0 ? [] : [{ resource, what: `it has no endpoint for ${missing.join(", ")}` }];
        }),
});

const vpcsKeepFlowLogs = stackRule({
    name: "vpcs-keep-flow-logs",
    title: "VPCs keep flow logs.",
    controls: ["EC2.6"],
    severity: "medium",
    reason: "After an incident nobody could tell who talked to whom.",
    fix: "Set fargate:flowLogs to true, which is production's default.",
    standing: { is: "met", where: "components/flow-logs.ts" },
    profile: "production",
    types: [VPC],
    find: stack =>
        stack
            .ofType(VPC)
            .filter(vpc => stack.referring(vpc, FLOW_LOG, "vpcId").length === 0)
            .map(resource => ({ resource, what: "it has no flow log" })),
});

export const networkRules: readonly Rule[] = [
    networkAclsAreClosed,
    subnetsGiveNoPublicAddresses,
    vpcsHaveAnEc2Endpoint,
    vpcsHaveManagementEndpoints,
    vpcsKeepFlowLogs,
];
