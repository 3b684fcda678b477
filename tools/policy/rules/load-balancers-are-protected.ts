import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const loadBalancersAreProtected = resourceRule({
    name: "load-balancers-are-protected",
    title: "Load balancers are protected from deletion.",
    controls: ["ELB.6"],
    severity: "medium",
    reason: "One wrong command takes the site off, and its name in DNS never comes back the same.",
    fix: "Set fargate:deletionProtection to true, which is production's default.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    profile: "production",
    types: [LOAD_BALANCER],
    check: ({ inputs: { enableDeletionProtection } }) =>
        mayBe(enableDeletionProtection, true) ? undefined : "deletion protection is off",
});
