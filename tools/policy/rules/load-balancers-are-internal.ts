import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const loadBalancersAreInternal = resourceRule({
    name: "load-balancers-are-internal",
    title: "Load balancers do not face the internet.",
    controls: [],
    severity: "medium",
    reason: "Many a rule book counts everything that faces the internet as a finding.",
    fix: "Set internal to true where only the VPC calls the service.",
    standing: {
        is: "excepted",
        reason: "The Application Load Balancer is the one way in that this program makes on purpose, for services with a route.",
        covers: ({ inputs }) => mayBe(inputs["loadBalancerType"], undefined, "application"),
    },
    types: [LOAD_BALANCER],
    check: ({ inputs: { internal } }) => (mayBe(internal, true) ? undefined : "it faces the internet"),
});
