import { textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, forNow, named, says } from "./row";

export const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const EIP = "aws:ec2/eip:Eip";
export const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
export const PREFIX_LIST_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl";
export const NETWORK_ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule";
export const ROUTE = "aws:ec2/route:Route";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const VPC = "aws:ec2/vpc:Vpc";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const AWSX_VPC = "awsx:ec2:Vpc";

const RULE = says("traffic that it let through, unless another rule does");

export const ROWS: Rows = {
    [DEFAULT_SECURITY_GROUP]: {
        facts: () => ["no rules"],
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [EIP]: {
        facts: NO_FACTS,
        loss: forGood(named("the public address that others may let in:", "publicIp")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [FLOW_LOG]: {
        facts: inputs => [
            `${textOf(inputs["trafficType"]).toLowerCase()} traffic`,
            `summed up every ${textOf(inputs["maxAggregationInterval"])} s`,
        ],
        loss: forNow(says("records of the traffic meanwhile")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [INTERNET_GATEWAY]: {
        facts: NO_FACTS,
        loss: forNow(says("the network's way to the internet")),
        cost: { free: "free; data out is the load balancer's" },
        outputs: NO_OUTPUTS,
    },
    [NAT_GATEWAY]: {
        facts: inputs => [textOf(inputs["availabilityZone"])],
        loss: forNow(says("open connections to the internet")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [ROUTE]: {
        facts: inputs => [`${textOf(inputs["destinationCidrBlock"])} → ${textOf(inputs["target"])}`],
        loss: forNow(named("the route to", "destinationCidrBlock")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [ROUTE_TABLE]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [ROUTE_TABLE_ASSOCIATION]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [SECURITY_GROUP]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [SUBNET]: {
        facts: inputs => [textOf(inputs["cidrBlock"]), textOf(inputs["availabilityZone"])],
        loss: forNow(named("the addresses of", "cidrBlock")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [VPC]: {
        facts: inputs => [textOf(inputs["cidrBlock"])],
        loss: forGood(says("the network with everything in it")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [VPC_ENDPOINT]: {
        facts: inputs => [textOf(inputs["vpcEndpointType"]).toLowerCase(), textOf(inputs["serviceName"])],
        loss: forNow(named("the private way to", "serviceName")),
        cost: PRICED,
        outputs: id => ({ prefixListId: `${id}-prefixes` }),
    },
    [EGRESS_RULE]: {
        facts: inputs => [`${ports(inputs)} out`, textOf(inputs["cidrIpv4"]) || textOf(inputs["description"])],
        loss: forNow(RULE),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [INGRESS_RULE]: {
        facts: inputs => [`${ports(inputs)} in`, textOf(inputs["cidrIpv4"]) || textOf(inputs["description"])],
        loss: forNow(RULE),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [AWSX_VPC]: {
        facts: NO_FACTS,
        loss: undefined,
        cost: undefined,
        outputs: (id, inputs) => {
            const zones = inputs["availabilityZoneNames"] as string[];
            const ids = (noun: string) => zones.map((_, index) => `${id}-${noun}-${index + 1}`);
            const [publicSubnetIds, privateSubnetIds] = [ids("public"), ids("private")];
            const associated = [...publicSubnetIds, ...privateSubnetIds];
            const routeTableAssociations = associated.map(subnetId => ({ subnetId, routeTableId: `${subnetId}-table` }));
            return { vpcId: id, publicSubnetIds, privateSubnetIds, routeTableAssociations };
        },
    },
};

function ports(inputs: Readonly<Record<string, unknown>>): string {
    return `${textOf(inputs["ipProtocol"])} ${textOf(inputs["fromPort"])}`;
}
