import { trafficFollowsItsArrows } from "../../../../tools/policy/rules/security-groups";
import { EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP, VPC_ENDPOINT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource, without } from "../../../support/resources";

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
const GROUPS = [resource(SECURITY_GROUP, {}, { name: "a" }), resource(SECURITY_GROUP, {}, { name: "b" })];
const out = (inputs: object) => resource(EGRESS_RULE, { securityGroupId: "a", ...HTTPS, ...inputs });
const into = (inputs: object) =>
    resource(INGRESS_RULE, { securityGroupId: "b", referencedSecurityGroupId: "a", ...HTTPS, ...inputs });

prove(trafficFollowsItsArrows, {
    meets: {
        "a pair of rules": [...GROUPS, out({ referencedSecurityGroupId: "b" }), into({})],
        "HTTPS through NAT gateways": [...GROUPS, out({ cidrIpv4: "0.0.0.0/0" })],
        "a prefix list": [...GROUPS, resource(VPC_ENDPOINT, { vpcEndpointType: "Interface" }), out({ prefixListId: "pl-1" })],
    },
    breaks: {
        "every protocol": [[...GROUPS, out({ cidrIpv4: "10.0.0.0/8", ipProtocol: "-1" })], /egress of every protocol and port/],
        "a range of ports": [[...GROUPS, out({ cidrIpv4: "10.0.0.0/8", toPort: 444 })], /egress of tcp 443–444, more than one/],
        "the internet though endpoints are there": [
            [...GROUPS, resource(VPC_ENDPOINT, { vpcEndpointType: "Interface" }), out({ cidrIpv4: "0.0.0.0/0" })],
            /to the internet, though endpoints serve/,
        ],
        "the internet but for HTTPS": [
            [...GROUPS, out({ cidrIpv4: "0.0.0.0/0", fromPort: 25, toPort: 25 })],
            /which is no HTTPS/,
        ],
        "a way out that is not let in": [
            [...GROUPS, out({ referencedSecurityGroupId: "b" })],
            /egress of tcp 443, though b does not let it in/,
        ],
        "a way in that is not let out": [[...GROUPS, into({})], /ingress of tcp 443, though a does not let it out/],
    },
    unknown: [
        ...GROUPS,
        out({ cidrIpv4: UNKNOWN }),
        out({ referencedSecurityGroupId: "b", ipProtocol: UNKNOWN, fromPort: UNKNOWN, toPort: UNKNOWN }),
    ],
    broken: { by: without(EGRESS_RULE, "web-load-balancer-out") },
});
