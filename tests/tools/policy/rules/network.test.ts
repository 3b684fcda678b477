import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { FLOW_LOG, NETWORK_ACL, NETWORK_ACL_RULE, SUBNET, VPC, VPC_ENDPOINT } from "../../../../tools/inventory/types/ec2";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

const SSH = { protocol: "tcp", fromPort: 22, toPort: 22 };
const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };

prove("network-acls-are-closed", {
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

prove("subnets-give-no-public-addresses", {
    meets: { none: [resource(SUBNET, { mapPublicIpOnLaunch: false })], "the default": [resource(SUBNET)] },
    breaks: { one: [[resource(SUBNET, { mapPublicIpOnLaunch: true })], /mapPublicIpOnLaunch is true/] },
    unknown: [resource(SUBNET, { mapPublicIpOnLaunch: UNKNOWN })],
    broken: { by: having(SUBNET, "network-public-1", { mapPublicIpOnLaunch: true }) },
});

prove("vpcs-have-an-ec2-endpoint", {
    meets: {
        "an endpoint": [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: "com.amazonaws.eu-west-1.ec2" })],
    },
    breaks: {
        none: [
            [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: "com.amazonaws.eu-west-1.s3" })],
            /no endpoint for the EC2 API/,
        ],
    },
    unknown: [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: UNKNOWN })],
});

prove("vpcs-have-management-endpoints", {
    meets: {
        "all three": [
            resource(VPC),
            ...["ssm", "ssm-contacts", "ssm-incidents"].map(name =>
                resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: `com.amazonaws.eu-west-1.${name}` }, { name }),
            ),
        ],
    },
    breaks: {
        "one of three": [
            [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: "com.amazonaws.eu-west-1.ssm" })],
            /no endpoint for ssm-contacts, ssm-incidents$/,
        ],
    },
    unknown: [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: UNKNOWN })],
});

prove("vpcs-keep-flow-logs", {
    meets: { "a flow log": [resource(VPC), resource(FLOW_LOG, { vpcId: "Vpc" })] },
    breaks: {
        none: [[resource(VPC)], /it has no flow log/],
        "one of another VPC": [[resource(VPC), resource(FLOW_LOG, { vpcId: "vpc-other" })], /it has no flow log/],
    },
    broken: { by: without(FLOW_LOG, "flow-logs-vpc") },
});
