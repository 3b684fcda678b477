import { UNKNOWN } from "../../../../tools/inventory/inputs";
import {
    DEFAULT_SECURITY_GROUP,
    EGRESS_RULE,
    INGRESS_RULE,
    PREFIX_LIST,
    PREFIX_LIST_ENTRY,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
    VPC,
    VPC_ENDPOINT,
} from "../../../../tools/inventory/types/ec2";
import { SERVICE } from "../../../../tools/inventory/types/ecs";
import { LISTENER, LOAD_BALANCER } from "../../../../tools/inventory/types/elb";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

prove("default-groups-are-closed", {
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

const LISTENING = [
    resource(SECURITY_GROUP, {}, { name: "door" }),
    resource(LOAD_BALANCER, { securityGroups: ["door"] }),
    resource(LISTENER, { loadBalancerArn: "LoadBalancer", port: 443 }),
];
const open = (fromPort: number, toPort = fromPort) =>
    resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort, toPort });

prove("ingress-is-open-for-listeners-only", {
    meets: {
        "the port of a listener": [...LISTENING, open(443)],
        "a group, or a block of the network": [
            ...LISTENING,
            resource(
                INGRESS_RULE,
                { securityGroupId: "door", referencedSecurityGroupId: "door", ipProtocol: "-1" },
                { name: "self" },
            ),
            resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "10.0.0.0/8", ipProtocol: "-1" }, { name: "inside" }),
        ],
    },
    breaks: {
        "a port without listener": [[...LISTENING, open(22)], /tcp 22 is open to the internet/],
        "more ports than the listener's": [[...LISTENING, open(443, 444)], /tcp 443–444 is open/],
        "every protocol": [
            [...LISTENING, resource(INGRESS_RULE, { securityGroupId: "door", cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" })],
            /every protocol is open/,
        ],
        "everybody by IPv6": [
            [
                ...LISTENING,
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
                ...LISTENING,
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
                ...LISTENING,
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

const named = (name: string) => resource(SECURITY_GROUP, {}, { name });
const TASKS = [named("tasks"), named("door"), resource(SERVICE, { networkConfiguration: { securityGroups: ["tasks"] } })];
const DOOR = resource(LOAD_BALANCER, { securityGroups: ["door"] });
const rule = (name: string, inputs: object) =>
    resource(INGRESS_RULE, { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, ...inputs }, { name });
const FROM_DOOR = rule("from-door", { securityGroupId: "tasks", referencedSecurityGroupId: "door" });
const INTO_DOOR = rule("into-door", { securityGroupId: "door", cidrIpv4: "0.0.0.0/0" });

prove("no-path-from-the-internet-to-a-task", {
    meets: {
        "a load balancer in between": [...TASKS, DOOR, INTO_DOOR, FROM_DOOR],
        "another service of the network": [
            ...TASKS,
            rule("from-inside", { securityGroupId: "tasks", cidrIpv4: "10.20.0.0/16" }),
            rule("from-itself", { securityGroupId: "tasks", referencedSecurityGroupId: "tasks" }),
        ],
        "a prefix list of this stack with blocks of the network": [
            ...TASKS,
            resource(PREFIX_LIST, { entries: [{ cidr: "10.30.0.0/16" }] }, { name: "offices" }),
            rule("from-offices", { securityGroupId: "tasks", prefixListId: "offices" }),
        ],
    },
    breaks: {
        "a group that everybody may reach": [
            [...TASKS, rule("open", { securityGroupId: "tasks", cidrIpv4: "0.0.0.0/0" })],
            /internet → tasks \(tcp 8080\) is open/,
        ],
        "a block of the internet": [
            [...TASKS, rule("office", { securityGroupId: "tasks", cidrIpv4: "203.0.113.0/24" })],
            /internet → tasks/,
        ],
        "a block that reaches beyond the network": [
            [...TASKS, rule("half", { securityGroupId: "tasks", cidrIpv4: "10.0.0.0/1" })],
            /internet → tasks/,
        ],
        "a prefix list of somebody else": [
            [...TASKS, rule("list", { securityGroupId: "tasks", prefixListId: "pl-0123" })],
            /prefix list pl-0123, which may hold any address, → tasks \(tcp 8080\) is open/,
        ],
        "a block of the internet on a prefix list of this stack": [
            [
                ...TASKS,
                resource(PREFIX_LIST, {}, { name: "offices" }),
                resource(PREFIX_LIST_ENTRY, { prefixListId: "offices", cidr: "203.0.113.0/24" }),
                rule("list", { securityGroupId: "tasks", prefixListId: "offices" }),
            ],
            /internet → tasks/,
        ],
        "a prefix list in an inline rule": [
            [
                resource(
                    SECURITY_GROUP,
                    { ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1, prefixListIds: ["pl-0123"] }] },
                    { name: "tasks" },
                ),
                resource(SERVICE, { networkConfiguration: { securityGroups: ["tasks"] } }),
            ],
            /prefix list pl-0123/,
        ],
        "everybody by IPv6": [[...TASKS, rule("open", { securityGroupId: "tasks", cidrIpv6: "::/0" })], /internet → tasks/],
        "a way through a group that is no load balancer's": [
            [...TASKS, INTO_DOOR, FROM_DOOR],
            /internet → door \(tcp 8080\) → tasks \(tcp 8080\) is open/,
        ],
        "an inline rule of the group": [
            [
                resource(
                    SECURITY_GROUP,
                    { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
                    { name: "tasks" },
                ),
                resource(SERVICE, { networkConfiguration: { securityGroups: ["tasks"] } }),
            ],
            /internet → tasks \(every protocol\) is open/,
        ],
        "a rule in its older form": [
            [
                ...TASKS,
                resource(SECURITY_GROUP_RULE, {
                    type: "ingress",
                    protocol: "tcp",
                    fromPort: 22,
                    toPort: 22,
                    cidrBlocks: ["0.0.0.0/0"],
                    securityGroupId: "tasks",
                }),
            ],
            /internet → tasks \(tcp 22\)/,
        ],
    },
    unknown: [
        ...TASKS,
        rule("later", { securityGroupId: "tasks", cidrIpv4: UNKNOWN }),
        rule("list", { securityGroupId: "tasks", prefixListId: UNKNOWN }),
    ],
    broken: {
        by: having(INGRESS_RULE, "web-from-load-balancer", { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" }),
        with: ["ingress-is-open-for-listeners-only", "traffic-follows-its-arrows"],
    },
});

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
const GROUPS = [resource(SECURITY_GROUP, {}, { name: "a" }), resource(SECURITY_GROUP, {}, { name: "b" })];
const out = (inputs: object) => resource(EGRESS_RULE, { securityGroupId: "a", ...HTTPS, ...inputs });
const into = (inputs: object) =>
    resource(INGRESS_RULE, { securityGroupId: "b", referencedSecurityGroupId: "a", ...HTTPS, ...inputs });

prove("traffic-follows-its-arrows", {
    meets: {
        "a pair of rules": [...GROUPS, out({ referencedSecurityGroupId: "b" }), into({})],
        "HTTPS through NAT gateways": [...GROUPS, out({ cidrIpv4: "0.0.0.0/0" })],
        "a block of the internet that is named, and a group of others": [
            ...GROUPS,
            out({ cidrIpv4: "203.0.113.0/24", fromPort: 587, toPort: 587 }),
            out({ referencedSecurityGroupId: "sg-0123456789abcdef0", fromPort: 5432, toPort: 5432 }),
            resource(INGRESS_RULE, { securityGroupId: "sg-0123456789abcdef0", referencedSecurityGroupId: "a", ...HTTPS }),
        ],
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
        "half of the internet": [
            [...GROUPS, out({ cidrIpv4: "128.0.0.0/1", fromPort: 587, toPort: 587 })],
            /egress of tcp 587 to the whole internet, which is no HTTPS/,
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
