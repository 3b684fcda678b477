import { resourceRule } from "../rule";
import { LOAD_BALANCER } from "../../inventory/types";
import { at, mayBe } from "../../inventory/inputs";

export const loadBalancersKeepAccessLogs = resourceRule({
    name: "load-balancers-keep-access-logs",
    title: "Load balancers keep access logs.",
    controls: ["ELB.5"],
    severity: "medium",
    reason: "After an incident nobody could tell who asked for what.",
    fix: "Set accessLogs with a bucket; it must be encrypted with SSE-S3, since a load balancer writes to no other.",
    standing: { is: "not yet", part: "access logs" },
    profile: "production",
    types: [LOAD_BALANCER],
    check: ({ inputs }) => (mayBe(at(inputs, "accessLogs", "enabled"), true) ? undefined : "it keeps no access logs"),
});
