import { vpcsKeepFlowLogs } from "../../../../tools/policy/rules/vpcs-keep-flow-logs";
import { FLOW_LOG, VPC } from "../../../../tools/inventory/types";
import { prove } from "../../../support/prove";
import { plus, resource } from "../../../support/resources";

prove(vpcsKeepFlowLogs, {
    meets: { "a flow log": [resource(VPC), resource(FLOW_LOG, { vpcId: "Vpc" })] },
    breaks: {
        none: [[resource(VPC)], /it has no flow log/],
        "one of another VPC": [[resource(VPC), resource(FLOW_LOG, { vpcId: "vpc-other" })], /it has no flow log/],
    },
    mended: plus(resource(FLOW_LOG, { vpcId: "Vpc:network" })),
});
