import { resourceRule } from "../rule";
import { TARGET_GROUP } from "../../inventory/types";
import { at, mayBe, show } from "../../inventory/inputs";

const ENCRYPTED = ["HTTPS", "TLS", "QUIC"];

export const targetGroupsAreEncrypted = resourceRule({
    name: "target-groups-are-encrypted",
    title: "Load balancers speak TLS to targets and to their health checks.",
    controls: ["ELB.21", "ELB.22"],
    severity: "medium",
    reason: "What is not encrypted can be read by whoever gets between load balancer and target.",
    fix: "Give the containers certificates and set protocol and healthCheck.protocol to HTTPS.",
    standing: {
        is: "excepted",
        reason: "TLS ends at the load balancer; from there, traffic stays inside the VPC, between two groups that let in one port from each other.",
        covers: () => true,
    },
    types: [TARGET_GROUP],
    check: ({ inputs }) => {
        const check = at(inputs, "healthCheck", "protocol") ?? inputs["protocol"];
        return [
            ...(mayBe(inputs["protocol"], ...ENCRYPTED) ? [] : [`its protocol is ${show(inputs["protocol"])}`]),
            ...(mayBe(check, ...ENCRYPTED) ? [] : [`its health check speaks ${show(check)}`]),
        ];
    },
});
