import { partitionOf } from "../../model/partitions";
import { createdBy, fresh, given, givenVpcs, here, kept, own } from "../scope";
import { AwsService, readNetwork } from "./actions";
import { GROUP_LIMITS, GROUP_TYPES, TAGS, withName } from "./ec2-security-groups";

const READ_TABLES = ["ec2:DescribeRouteTables"];
const EVERYTHING = here("ec2", "*");

/** What comes into being with its tags, one limit a type: a type in a limit of others could stand for what is only referred to, such as another stack's VPC. */
const MADE = [
    ["Vpc", "vpc", "ec2:CreateVpc"],
    ["Subnet", "subnet", "ec2:CreateSubnet"],
    ["InternetGateway", "internet-gateway", "ec2:CreateInternetGateway"],
    ["RouteTable", "route-table", "ec2:CreateRouteTable"],
    ["NatGateway", "natgateway", "ec2:CreateNatGateway"],
    ["Address", "elastic-ip", "ec2:AllocateAddress"],
    ["Group", "security-group", "ec2:CreateSecurityGroup"],
    ["Endpoint", "vpc-endpoint", "ec2:CreateVpcEndpoint"],
    ["FlowLog", "vpc-flow-log", "ec2:CreateFlowLogs"],
    ["GroupRule", "security-group-rule", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
] as const;

/** As EC2 tells them in `ec2:CreateAction`. */
const MAKERS = MADE.flatMap(([, , ...actions]) => actions.map(action => action.replace("ec2:", ""))).sort();

/**
 * The network. Nothing here has a name of its own, so tags tell whose it is: every resource that AWS authorizes an action on has to be the stack's, or
 * has to be in the making with the stack's tags.
 */
export const EC2: AwsService = {
    types: {
        ...GROUP_TYPES,
        "aws:ec2/eip:Eip": {
            create: ["ec2:AllocateAddress"],
            read: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
            update: [],
            delete: ["ec2:DisassociateAddress", "ec2:ReleaseAddress"],
            tag: TAGS,
        },
        "aws:ec2/flowLog:FlowLog": {
            // Delivery to a bucket is CloudWatch Logs' (VPC user guide, "IAM policy for IAM principals that publish flow logs to Amazon S3").
            create: ["ec2:CreateFlowLogs", "logs:CreateLogDelivery"],
            read: ["ec2:DescribeFlowLogs"],
            update: [],
            delete: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"],
            tag: TAGS,
        },
        "aws:ec2/internetGateway:InternetGateway": {
            create: ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway"],
            read: ["ec2:DescribeInternetGateways"],
            update: [],
            delete: ["ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"],
            tag: TAGS,
        },
        "aws:ec2/natGateway:NatGateway": {
            create: ["ec2:CreateNatGateway"],
            read: ["ec2:DescribeNatGateways"],
            update: [],
            delete: ["ec2:DeleteNatGateway"],
            tag: TAGS,
        },
        "aws:ec2/route:Route": {
            create: ["ec2:CreateRoute"],
            read: READ_TABLES,
            update: ["ec2:ReplaceRoute"],
            delete: ["ec2:DeleteRoute"],
            tag: [],
        },
        "aws:ec2/routeTable:RouteTable": {
            create: ["ec2:CreateRouteTable"],
            read: READ_TABLES,
            update: [],
            delete: ["ec2:DisassociateRouteTable", "ec2:DeleteRouteTable"],
            tag: TAGS,
        },
        "aws:ec2/routeTableAssociation:RouteTableAssociation": {
            create: ["ec2:AssociateRouteTable"],
            read: READ_TABLES,
            update: ["ec2:ReplaceRouteTableAssociation"],
            delete: ["ec2:DisassociateRouteTable"],
            tag: [],
        },
        "aws:ec2/subnet:Subnet": {
            create: ["ec2:CreateSubnet", "ec2:ModifySubnetAttribute"],
            read: ["ec2:DescribeSubnets"],
            update: [],
            delete: ["ec2:DescribeNetworkInterfaces", "ec2:DeleteSubnet"],
            tag: TAGS,
        },
        "aws:ec2/vpc:Vpc": {
            create: ["ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
            read: [
                "ec2:DescribeVpcs",
                "ec2:DescribeVpcAttribute",
                "ec2:DescribeNetworkAcls",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
            ],
            update: [],
            delete: ["ec2:DeleteVpc"],
            tag: TAGS,
        },
        "aws:ec2/vpcEndpoint:VpcEndpoint": {
            // Private DNS names associate the VPC with a zone of the service's (service authorization reference, dependent actions).
            create: ["ec2:CreateVpcEndpoint", "route53:AssociateVPCWithHostedZone"],
            read: ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists", "ec2:DescribeNetworkInterfaces"],
            update: ["ec2:ModifyVpcEndpoint"],
            delete: ["ec2:DeleteVpcEndpoints"],
            tag: TAGS,
        },
    },
    lookUps: {
        "aws:ec2/getManagedPrefixList:getManagedPrefixList": [
            "ec2:DescribeManagedPrefixLists",
            "ec2:GetManagedPrefixListEntries",
        ],
        "aws:ec2/getRouteTable:getRouteTable": READ_TABLES,
        "aws:ec2/getRouteTables:getRouteTables": READ_TABLES,
        "aws:ec2/getSecurityGroup:getSecurityGroup": ["ec2:DescribeSecurityGroups"],
        "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
        "aws:ec2/getVpc:getVpc": ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", ...READ_TABLES],
        "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection": ["ec2:DescribeVpcPeeringConnections"],
        "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections": ["ec2:DescribeVpcPeeringConnections"],
        "aws:index/getAvailabilityZones:getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
    },
    preflight: ["ec2:DescribeVpcEndpointServices"],
    limits: [
        readNetwork(
            "ec2:DescribeAddresses",
            "ec2:DescribeAddressesAttribute",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeFlowLogs",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeManagedPrefixLists",
            "ec2:DescribeNatGateways",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribePrefixLists",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcEndpointServices",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
        ),
        {
            sid: "OwnNetwork",
            actions: [
                "ec2:AssociateRouteTable",
                "ec2:AttachInternetGateway",
                "ec2:CreateFlowLogs",
                "ec2:CreateNatGateway",
                "ec2:CreateRoute",
                "ec2:CreateRouteTable",
                "ec2:CreateSecurityGroup",
                "ec2:CreateSubnet",
                "ec2:CreateVpcEndpoint",
                "ec2:DeleteFlowLogs",
                "ec2:DeleteInternetGateway",
                "ec2:DeleteNatGateway",
                "ec2:DeleteRoute",
                "ec2:DeleteRouteTable",
                "ec2:DeleteSubnet",
                "ec2:DeleteTags",
                "ec2:DeleteVpc",
                "ec2:DeleteVpcEndpoints",
                "ec2:DescribeVpcAttribute",
                "ec2:DetachInternetGateway",
                "ec2:DisassociateAddress",
                "ec2:DisassociateRouteTable",
                "ec2:ModifySubnetAttribute",
                "ec2:ModifyVpcAttribute",
                "ec2:ModifyVpcEndpoint",
                "ec2:ReleaseAddress",
                "ec2:ReplaceRoute",
                "ec2:ReplaceRouteTableAssociation",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress",
            ],
            on: EVERYTHING,
            when: own,
        },
        ...MADE.map(([noun, type, ...actions]) => ({ sid: `New${noun}`, actions, on: here("ec2", `${type}/*`), when: fresh })),
        { sid: "TagNewNetwork", actions: ["ec2:CreateTags"], on: EVERYTHING, when: createdBy("ec2:CreateAction", ...MAKERS) },
        // What was made without a Name gets none later: see ClaimDefaultGroup.
        {
            sid: "RetagNetwork",
            actions: ["ec2:CreateTags"],
            on: EVERYTHING,
            when: scope => ({ ...kept(scope), Null: { "aws:RequestTag/Name": "true" } }),
        },
        { sid: "RenameNetwork", actions: ["ec2:CreateTags"], on: EVERYTHING, when: scope => withName(kept(scope)) },
        ...GROUP_LIMITS,
        {
            // Beside the group or endpoint, which has to be the stack's own.
            sid: "UseGivenNetwork",
            actions: ["ec2:CreateSecurityGroup", "ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"],
            on: given,
        },
        { sid: "LookAtGivenVpc", actions: ["ec2:DescribeVpcAttribute"], on: givenVpcs },
        // Beside the address, which has to be the stack's own.
        { sid: "LeaveInterface", actions: ["ec2:DisassociateAddress"], on: here("ec2", "network-interface/*") },
        {
            // Beside the rule and its group, which have to be the stack's own.
            sid: "ReferToAwsPrefixLists",
            actions: ["ec2:ModifySecurityGroupRules"],
            on: ({ region }) => [`arn:${partitionOf(region)}:ec2:${region}:aws:prefix-list/*`],
        },
        {
            // Of AWS, of this account, and those that another account shares.
            sid: "ReadPrefixLists",
            actions: ["ec2:GetManagedPrefixListEntries"],
            on: ({ region }) => [`arn:${partitionOf(region)}:ec2:${region}:*:prefix-list/*`],
        },
        {
            // The zone is AWS's own, behind an endpoint's private names, and has no id that could be known.
            sid: "PrivateNamesOfEndpoints",
            actions: ["route53:AssociateVPCWithHostedZone"],
            on: ({ region }) => [`arn:${partitionOf(region)}:route53:::hostedzone/*`],
        },
    ],
};
