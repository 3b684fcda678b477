import { groupRules, hasKnownTraffic, isOfEverybody, traffic } from "../reading/group-rules";
import type { Resource } from "../../inventory/resource";
import { stackRule } from "../rule";
import type { Graph } from "../../inventory/graph";
import { INGRESS_RULE, LISTENER, LOAD_BALANCER, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const ingressIsOpenForListenersOnly = stackRule({
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
