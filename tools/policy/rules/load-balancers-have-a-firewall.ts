import { isApplication } from "../reading/load-balancing";
import { stackRule } from "../rule";
import { LOAD_BALANCER, WEB_ACL_ASSOCIATION } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const loadBalancersHaveAFirewall = stackRule({
    name: "load-balancers-have-a-firewall",
    title: "A web application firewall stands in front of public load balancers.",
    controls: ["ELB.16"],
    severity: "medium",
    reason: "Known attacks and floods of requests reach the application as if they were customers.",
    fix: "Associate an aws.wafv2.WebAcl with the load balancer.",
    standing: { is: "not yet", part: "a web application firewall" },
    profile: "production",
    types: [LOAD_BALANCER],
    find: stack =>
        stack
            .ofType(LOAD_BALANCER)
            .filter(({ inputs }) => isApplication(inputs) && !mayBe(inputs["internal"], true))
            .filter(balancer => stack.referring(balancer, WEB_ACL_ASSOCIATION, "resourceArn").length === 0)
            .map(resource => ({ resource, what: "no web application firewall stands in front of it" })),
});
