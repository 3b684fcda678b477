import { stackRule } from "../rule";
import { DEFAULT_SECURITY_GROUP, VPC } from "../../inventory/types";
import { UNKNOWN, isAbsent } from "../../inventory/inputs";

export const defaultGroupsAreClosed = stackRule({
    name: "default-groups-are-closed",
    title: "The default security group of a VPC has no rule.",
    controls: ["EC2.2"],
    severity: "high",
    reason: "AWS lets everything in that group talk to everything else in it, and puts there whatever names no group.",
    fix: "Adopt the group with aws.ec2.DefaultSecurityGroup and give it neither ingress nor egress.",
    standing: { is: "met", where: "components/network.ts" },
    types: [VPC, DEFAULT_SECURITY_GROUP],
    find: stack => [
        ...stack
            .ofType(VPC)
            .filter(vpc => stack.referring(vpc, DEFAULT_SECURITY_GROUP, "vpcId").length === 0)
            .map(resource => ({ resource, what: "its default security group keeps the rules of AWS" })),
        ...stack
            .ofType(DEFAULT_SECURITY_GROUP)
            .flatMap(resource =>
                ["ingress", "egress"]
                    .filter(direction => !isAbsent(resource.inputs[direction]) && resource.inputs[direction] !== UNKNOWN)
                    .map(direction => ({ resource, what: `it has ${direction} rules` })),
            ),
    ],
});
