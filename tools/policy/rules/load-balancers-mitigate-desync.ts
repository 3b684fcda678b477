import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { mayBe, show } from "../../inventory/inputs";

export const loadBalancersMitigateDesync = resourceRule({
    name: "load-balancers-mitigate-desync",
    title: "Load balancers refuse ambiguous requests: desync mitigation is defensive or strictest.",
    controls: ["ELB.12"],
    severity: "medium",
    reason: "Two readings of one request let a client poison what the next one gets.",
    fix: 'Set desyncMitigationMode to "defensive".',
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [LOAD_BALANCER],
    // AWS's default is defensive.
    check: ({ inputs: { desyncMitigationMode } }) =>
        mayBe(desyncMitigationMode, undefined, "defensive", "strictest")
            ? undefined
            : `desyncMitigationMode is ${show(desyncMitigationMode)}`,
});
