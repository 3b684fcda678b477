import { ingressIsOpenForListenersOnly } from "../../../../tools/policy/rules/ingress-is-open-for-listeners-only";
import { INGRESS_RULE, LISTENER, LOAD_BALANCER, PREFIX_LIST, SECURITY_GROUP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const DOOR = [
    resource(SECURITY_GROUP, {}, { name: "door" }),
    resource(LOAD_BALANCER, { securityGroups: ["door"] }),
    resource(LISTENER, { loadBalancerArn: "LoadBalancer", port: 443 }),
];
const open = (fromPort: number, toPort = fromPort) =>
    resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort, toPort });

prove(ingressIsOpenForListenersOnly, {
    meets: {
        "the port of a listener": [...DOOR, open(443)],
        "a group, or a block of the network": [
            ...DOOR,
            resource(
                INGRESS_RULE,
                { securityGroupId: "door", referencedSecurityGroupId: "door", ipProtocol: "-1" },
                { name: "self" },
            ),
            resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "10.0.0.0/8", ipProtocol: "-1" }, { name: "inside" }),
        ],
    },
    breaks: {
        "a port without listener": [[...DOOR, open(22)], /tcp 22 is open to the internet/],
        "more ports than the listener's": [[...DOOR, open(443, 444)], /tcp 443–444 is open/],
        "every protocol": [
            [...DOOR, resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" })],
            /every protocol is open/,
        ],
        "everybody by IPv6": [
            [
                ...DOOR,
                resource(INGRESS_RULE, {
                    securityGroupId: "door",
                    cidrIpv6: "::/0",
                    ipProtocol: "tcp",
                    fromPort: 3389,
                    toPort: 3389,
                }),
            ],
            /tcp 3389 is open/,
        ],
        "a half of the internet": [
            [
                ...DOOR,
                resource(INGRESS_RULE, {
                    securityGroupId: "door",
                    cidrIpv4: "128.0.0.0/1",
                    ipProtocol: "tcp",
                    fromPort: 22,
                    toPort: 22,
                }),
            ],
            /tcp 22 is open to the internet/,
        ],
        "everybody on a prefix list": [
            [
                ...DOOR,
                resource(PREFIX_LIST, { entries: [{ cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0" }] }),
                resource(INGRESS_RULE, {
                    securityGroupId: "door",
                    prefixListId: "ManagedPrefixList",
                    ipProtocol: "tcp",
                    fromPort: 22,
                    toPort: 22,
                }),
            ],
            /tcp 22 is open to the internet/,
        ],
        "a group that is on no load balancer": [[resource(SECURITY_GROUP, {}, { name: "door" }), open(443)], /tcp 443 is open/],
    },
    unknown: [
        resource(SECURITY_GROUP, {}, { name: "door" }),
        resource(INGRESS_RULE, {
            securityGroupId: "door",
            cidrIpv4: "0.0.0.0/0",
            ipProtocol: "tcp",
            fromPort: UNKNOWN,
            toPort: UNKNOWN,
        }),
    ],
    broken: { by: having(INGRESS_RULE, "load-balancer-from-internet-80", { fromPort: 22, toPort: 22 }) },
});
