import { networkAclsAreClosed } from "../../../../tools/policy/rules/network";
import { NETWORK_ACL, NETWORK_ACL_RULE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

const SSH = { protocol: "tcp", fromPort: 22, toPort: 22 };
const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };

prove(networkAclsAreClosed, {
    meets: {
        "a denial": [resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: "deny", cidrBlock: "0.0.0.0/0" })],
        "a block of the network": [resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: "allow", cidrBlock: "10.0.0.0/8" })],
        "a port of the application": [resource(NETWORK_ACL_RULE, { ...HTTPS, ruleAction: "allow", cidrBlock: "0.0.0.0/0" })],
        "the way out": [resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: "allow", cidrBlock: "0.0.0.0/0", egress: true })],
    },
    breaks: {
        "SSH for everybody": [
            [resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: "allow", cidrBlock: "0.0.0.0/0" })],
            /lets in tcp 22 from everywhere/,
        ],
        "SSH for half of everybody": [
            [resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: "allow", cidrBlock: "128.0.0.0/1" })],
            /lets in tcp 22 from everywhere/,
        ],
        "Remote Desktop for everybody, by IPv6": [
            [
                resource(NETWORK_ACL_RULE, {
                    protocol: "6",
                    fromPort: 3000,
                    toPort: 4000,
                    ruleAction: "allow",
                    ipv6CidrBlock: "::/0",
                }),
            ],
            /lets in tcp 3389/,
        ],
        "an inline entry": [
            [resource(NETWORK_ACL, { ingress: [{ ...SSH, action: "allow", cidrBlock: "0.0.0.0/0" }] })],
            /lets in tcp 22/,
        ],
    },
    unknown: [
        resource(NETWORK_ACL_RULE, { ...SSH, ruleAction: UNKNOWN, cidrBlock: "0.0.0.0/0" }),
        resource(NETWORK_ACL, { ingress: UNKNOWN }),
    ],
});
