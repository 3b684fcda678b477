import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { UNKNOWN, listOf } from "../../inventory/inputs";

export const loadBalancersSpanZones = resourceRule({
    name: "load-balancers-span-zones",
    title: "Load balancers are in two availability zones at least.",
    controls: ["ELB.13"],
    severity: "medium",
    reason: "A zone that fails takes everything in it along.",
    fix: "Name two zones or more in fargate:network.zones.",
    standing: { is: "met", where: "settings/rules.ts" },
    types: [LOAD_BALANCER],
    check: ({ inputs: { subnets, subnetMappings } }) => {
        if (subnets === UNKNOWN || subnetMappings === UNKNOWN) return undefined;
        const count = listOf(subnets).length + listOf(subnetMappings).length;
        return count < 2 ? `it is in ${count} subnets` : undefined;
    },
});
