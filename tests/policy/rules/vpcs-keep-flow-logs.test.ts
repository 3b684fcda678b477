import { vpcsKeepFlowLogs } from "../../../policy/rules/vpcs-keep-flow-logs";
import { FLOW_LOG, VPC } from "../../../policy/types";
import { prove } from "../prove";
import { plus, resource } from "../resources";

prove(vpcsKeepFlowLogs, {
    meets: { "a flow log": [resource(VPC), resource(FLOW_LOG, { vpcId: "Vpc" })] },
    breaks: {
        none: [[resource(VPC)], /it has no flow log/],
        "one of another VPC": [[resource(VPC), resource(FLOW_LOG, { vpcId: "vpc-other" })], /it has no flow log/],
    },
    mended: plus(resource(FLOW_LOG, { vpcId: "Vpc:network" })),
});
