import { partitionOf } from "../../model/image-reference";
import { Condition, GivenNetwork, Limit, any, createdBy, fresh, here, inRegion, kept, own } from "../scope";

/**
 * What the actions on the network and the load balancer are limited to. Nothing here has a name of its own, so tags tell whose it is: every resource
 * that AWS authorizes an action on has to be the stack's, or has to be in the making with the stack's tags.
 */
export const NETWORK_RULES: readonly Limit[] = [
    {
        sid: "ReadNetwork",
        actions: [
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
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
        ],
        on: any,
        when: inRegion,
    },
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
        on: here("ec2", "*"),
        when: own,
    },
    // One limit a type: a type in a limit of others could stand for what is only referred to, such as another stack's VPC.
    ...(
        [
            ["Vpc", "vpc", "ec2:CreateVpc"],
            ["Subnet", "subnet", "ec2:CreateSubnet"],
            ["InternetGateway", "internet-gateway", "ec2:CreateInternetGateway"],
            ["RouteTable", "route-table", "ec2:CreateRouteTable"],
            ["NatGateway", "natgateway", "ec2:CreateNatGateway"],
            ["Address", "elastic-ip", "ec2:AllocateAddress"],
            ["Group", "security-group", "ec2:CreateSecurityGroup"],
            ["Endpoint", "vpc-endpoint", "ec2:CreateVpcEndpoint"],
            ["GroupRule", "security-group-rule", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
        ] as const
    ).map(([noun, type, ...actions]) => ({ sid: `New${noun}`, actions, on: here("ec2", `${type}/*`), when: fresh })),
    {
        sid: "TagNewNetwork",
        actions: ["ec2:CreateTags"],
        on: here("ec2", "*"),
        when: createdBy(
            "ec2:CreateAction",
            "AllocateAddress",
            "AuthorizeSecurityGroupEgress",
            "AuthorizeSecurityGroupIngress",
            "CreateInternetGateway",
            "CreateNatGateway",
            "CreateRouteTable",
            "CreateSecurityGroup",
            "CreateSubnet",
            "CreateVpc",
            "CreateVpcEndpoint",
        ),
    },
    // What was made without a Name gets none later: see ClaimDefaultGroup.
    {
        sid: "RetagNetwork",
        actions: ["ec2:CreateTags"],
        on: here("ec2", "*"),
        when: scope => ({ ...kept(scope), Null: { "aws:RequestTag/Name": "true" } }),
    },
    {
        sid: "RenameNetwork",
        actions: ["ec2:CreateTags"],
        on: here("ec2", "*"),
        when: scope => named(kept(scope)),
    },
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
        when: scope => named(own(scope)),
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
        on: scope => scope.networks.flatMap(network => here("ec2", ...partsOf(network))(scope)),
    },
    {
        // Beside the address, which has to be the stack's own.
        sid: "LeaveInterface",
        actions: ["ec2:DisassociateAddress"],
        on: here("ec2", "network-interface/*"),
    },
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
    {
        sid: "OwnLoadBalancer",
        actions: [
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetIpAddressType",
            "elasticloadbalancing:SetRulePriorities",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
        ],
        on: here("elasticloadbalancing", "*"),
        when: own,
    },
    {
        sid: "RetagLoadBalancer",
        actions: ["elasticloadbalancing:AddTags"],
        on: here("elasticloadbalancing", "*"),
        when: kept,
    },
    {
        sid: "NewLoadBalancer",
        actions: ["elasticloadbalancing:CreateLoadBalancer"],
        on: here("elasticloadbalancing", "loadbalancer/app/*"),
        when: fresh,
    },
    {
        sid: "NewTargetGroup",
        actions: ["elasticloadbalancing:CreateTargetGroup"],
        on: here("elasticloadbalancing", "targetgroup/*"),
        when: fresh,
    },
    {
        sid: "TagNewLoadBalancer",
        actions: ["elasticloadbalancing:AddTags"],
        on: here("elasticloadbalancing", "*"),
        when: createdBy(
            "elasticloadbalancing:CreateAction",
            "CreateListener",
            "CreateLoadBalancer",
            "CreateRule",
            "CreateTargetGroup",
        ),
    },
];

/** What had a Name before. */
function named(condition: Condition): Condition {
    return { ...condition, Null: { "aws:ResourceTag/Name": "false" } };
}

function partsOf({ vpcId, subnetIds, routeTableIds }: GivenNetwork): string[] {
    return [`vpc/${vpcId}`, ...subnetIds.map(id => `subnet/${id}`), ...routeTableIds.map(id => `route-table/${id}`)];
}
