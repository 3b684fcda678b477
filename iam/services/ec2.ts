import { partitionOf } from "../../model/partitions";
import { Condition, createdBy, fresh, given, givenVpcs, here, kept, own } from "../scope";
import { AwsService, TypeActions, readNetwork } from "./actions";

const TAGS = ["ec2:CreateTags", "ec2:DeleteTags"];
const READ_TABLES = ["ec2:DescribeRouteTables"];
const EVERYTHING = here("ec2", "*");

const securityGroupRule = (direction: "Ingress" | "Egress"): TypeActions => ({
    create: [`ec2:AuthorizeSecurityGroup${direction}`],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules"],
    delete: [`ec2:RevokeSecurityGroup${direction}`],
    tag: TAGS,
});

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
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
            create: ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
            read: ["ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules", "ec2:DescribeVpcs"],
            update: [],
            delete: [],
            tag: TAGS,
        },
        "aws:ec2/eip:Eip": {
            create: ["ec2:AllocateAddress"],
            read: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
            update: [],
            delete: ["ec2:DisassociateAddress", "ec2:ReleaseAddress"],
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
        "aws:ec2/securityGroup:SecurityGroup": {
            // A new group lets everything out; the provider takes that away.
            create: ["ec2:CreateSecurityGroup", "ec2:RevokeSecurityGroupEgress"],
            read: ["ec2:DescribeSecurityGroups"],
            update: [],
            delete: ["ec2:DescribeNetworkInterfaces", "ec2:DeleteSecurityGroup"],
            tag: TAGS,
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
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
    },
    lookUps: {
        "aws:ec2/getRouteTable:getRouteTable": READ_TABLES,
        "aws:ec2/getRouteTables:getRouteTables": READ_TABLES,
        "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
        "aws:ec2/getVpc:getVpc": ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", ...READ_TABLES],
        "aws:index/getAvailabilityZones:getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
    },
    limits: [
        readNetwork(
            "ec2:DescribeAddresses",
            "ec2:DescribeAddressesAttribute",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNatGateways",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribePrefixLists",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs",
        ),
        {
            sid: "OwnNetwork",
            actions: [
                "ec2:AssociateRouteTable",
                "ec2:AttachInternetGateway",
                "ec2:CreateNatGateway",
                "ec2:CreateRoute",
                "ec2:CreateRouteTable",
                "ec2:CreateSecurityGroup",
                "ec2:CreateSubnet",
                "ec2:CreateVpcEndpoint",
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
        {
            // AWS makes a VPC's default group without tags, and its VPC has no id yet when this is written: any group without project and Name can be
            // claimed. It can be closed then, and no more: a Name comes with the making of a group alone, and ChangeGroups asks for one.
            sid: "ClaimDefaultGroup",
            actions: ["ec2:CreateTags"],
            on: scope => (scope.networks.length > 0 ? [] : here("ec2", "security-group/*")(scope)),
            when: scope => ({
                ...fresh(scope),
                Null: { "aws:ResourceTag/project": "true", "aws:ResourceTag/Name": "true", "aws:RequestTag/Name": "true" },
            }),
        },
        {
            sid: "ChangeGroups",
            actions: [
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:DeleteSecurityGroup",
                "ec2:ModifySecurityGroupRules",
            ],
            on: here("ec2", "security-group/*"),
            when: scope => withName(own(scope)),
        },
        {
            sid: "ChangeGroupRules",
            actions: ["ec2:ModifySecurityGroupRules"],
            on: here("ec2", "security-group-rule/*"),
            when: own,
        },
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
            // The zone is AWS's own, behind an endpoint's private names, and has no id that could be known.
            sid: "PrivateNamesOfEndpoints",
            actions: ["route53:AssociateVPCWithHostedZone"],
            on: ({ region }) => [`arn:${partitionOf(region)}:route53:::hostedzone/*`],
        },
    ],
};

function withName(condition: Condition): Condition {
    return { ...condition, Null: { "aws:ResourceTag/Name": "false" } };
}
