import { isEverywhere } from "../reading/address-blocks";
import { resourceRule } from "../rule";
import type { Resource } from "../../inventory/resource";
import { NETWORK_ACL, NETWORK_ACL_RULE } from "../../inventory/types";
import { at, listOf } from "../../inventory/inputs";

/** SSH and Remote Desktop. */
const ADMIN_PORTS = [22, 3389];

export const networkAclsAreClosed = resourceRule({
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
