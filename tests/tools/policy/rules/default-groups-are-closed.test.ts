import { defaultGroupsAreClosed } from "../../../../tools/policy/rules/default-groups-are-closed";
import { DEFAULT_SECURITY_GROUP, VPC } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource, without } from "../../../support/resources";

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
