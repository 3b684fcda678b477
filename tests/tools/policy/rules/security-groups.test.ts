import { noPathFromTheInternetToATask } from "../../../../tools/policy/rules/no-path-from-the-internet-to-a-task";
import {
    INGRESS_RULE,
    LOAD_BALANCER,
    PREFIX_LIST,
    PREFIX_LIST_ENTRY,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
    SERVICE,
} from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const named = (name: string) => resource(SECURITY_GROUP, {}, { name });
const TASKS = [named("tasks"), named("door"), resource(SERVICE, { networkConfiguration: { securityGroups: ["tasks"] } })];
const DOOR = resource(LOAD_BALANCER, { securityGroups: ["door"] });
const rule = (name: string, inputs: object) =>
    resource(INGRESS_RULE, { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, ...inputs }, { name });
const FROM_DOOR = rule("from-door", { securityGroupId: "tasks", referencedSecurityGroupId: "door" });
const INTO_DOOR = rule("into-door", { securityGroupId: "door", cidrIpv4: "0.0.0.0/0" });

prove(noPathFromTheInternetToATask, {
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
