import { defaultGroupsAreClosed } from "../../../policy/rules/default-groups-are-closed";
import { DEFAULT_SECURITY_GROUP, VPC } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource, without } from "../resources";

prove(defaultGroupsAreClosed, {
    meets: { "a group without rules": [resource(VPC), resource(DEFAULT_SECURITY_GROUP, { vpcId: "Vpc" })] },
    breaks: {
        "a group left to AWS": [[resource(VPC)], /keeps the rules of AWS/],
        "a group with a rule": [
            [resource(VPC), resource(DEFAULT_SECURITY_GROUP, { vpcId: "Vpc", egress: [{ protocol: "-1" }] })],
            /it has egress rules/,
        ],
    },
    unknown: [resource(VPC), resource(DEFAULT_SECURITY_GROUP, { vpcId: "Vpc", ingress: UNKNOWN, egress: UNKNOWN })],
    broken: { by: without(DEFAULT_SECURITY_GROUP, "network-default-group") },
});
