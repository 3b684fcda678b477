import { stackRule } from "../rule";
import { FLOW_LOG, VPC } from "../../inventory/types";

export const vpcsKeepFlowLogs = stackRule({
    name: "vpcs-keep-flow-logs",
    title: "VPCs keep flow logs.",
    controls: ["EC2.6"],
    severity: "medium",
    reason: "After an incident nobody could tell who talked to whom.",
    fix: "Make an aws.ec2.FlowLog for the VPC.",
    standing: { is: "not yet", part: "flow logs" },
    profile: "production",
    types: [VPC],
    find: stack =>
        stack
            .ofType(VPC)
            .filter(vpc => stack.referring(vpc, FLOW_LOG, "vpcId").length === 0)
            .map(resource => ({ resource, what: "it has no flow log" })),
});
