import { indexed } from "../../inventory/graph";
import { GroupRule, groupRules, hasKnownTraffic, isEveryProtocol, isOfInternet, traffic } from "../reading/group-rules";
import { stackRule } from "../rule";
import type { Resource } from "../../inventory/resource";
import { EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE, VPC_ENDPOINT } from "../../inventory/types";

const HTTPS_PORT = 443;

export const trafficFollowsItsArrows = stackRule({
    name: "traffic-follows-its-arrows",
    title: "What goes out of a group, or from one group to another, is one port of one protocol, and both ends agree on it.",
    controls: [],
    severity: "high",
    reason: "A wider rule is a way out for data, or a way further in, that no feature needs.",
    fix: "Give the rule the one port that its arrow needs, and its counterpart on the other group the same.",
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

/** Without internet for tasks, nothing goes out to it; with NAT gateways, HTTPS alone. */
function toInternet(rule: GroupRule, hasEndpoints: boolean): string | undefined {
    if (rule.direction !== "egress" || !isOfInternet(rule)) return undefined;
    if (hasEndpoints) return `egress of ${traffic(rule)} to the internet, though endpoints serve what tasks need`;
    const isHttps = rule.protocol === "tcp" && rule.fromPort === HTTPS_PORT;
    return isHttps || !hasKnownTraffic(rule) ? undefined : `egress of ${traffic(rule)} to the internet, which is no HTTPS`;
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
