import { isApplication } from "../reading/load-balancing";
import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const loadBalancersDropInvalidHeaders = resourceRule({
    name: "load-balancers-drop-invalid-headers",
    title: "Load balancers drop HTTP headers that are invalid.",
    controls: ["ELB.4"],
    severity: "medium",
    reason: "What load balancer and application read differently is how requests are smuggled.",
    fix: "Set dropInvalidHeaderFields to true.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [LOAD_BALANCER],
    check: ({ inputs }) =>
        isApplication(inputs) && !mayBe(inputs["dropInvalidHeaderFields"], true) ? "it passes invalid headers on" : undefined,
});
