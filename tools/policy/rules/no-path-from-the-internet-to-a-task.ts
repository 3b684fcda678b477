import { indexed } from "../../inventory/graph";
import { GroupRule, groupRules, isOfInternet, loadBalancerGroups, taskGroups, traffic } from "../reading/group-rules";
import type { Resource } from "../../inventory/resource";
import { stackRule } from "../rule";
import { INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE, SERVICE } from "../../inventory/types";

export const noPathFromTheInternetToATask = stackRule({
    name: "no-path-from-the-internet-to-a-task",
    title: "The internet reaches tasks through a load balancer alone.",
    controls: ["EC2.18", "EC2.19"],
    severity: "critical",
    reason: "Past the load balancer there is no TLS, no routing, no firewall and no access log.",
    fix: "Let the group of the tasks in from the load balancer's group only.",
    standing: { is: "met", where: "components/group-rules.ts" },
    types: [SERVICE, SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP_RULE],
    find: stack => {
        const inwards = indexed(
            groupRules(stack).filter(({ direction }) => direction === "ingress"),
            ({ group }) => [group],
        );
        const doors = loadBalancerGroups(stack);
        return [...taskGroups(stack)].flatMap(group =>
            pathsTo(group, inwards, doors, [group]).map(path => ({
                resource: path[0]?.resource ?? group,
                what: `${sourceOf(path)} → ${path.map(rule => `${rule.group?.name ?? ""} (${traffic(rule)})`).join(" → ")} is open`,
            })),
        );
    },
});

/** Where a path begins. */
function sourceOf([first]: readonly GroupRule[]): string {
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
