import { SERVICE_LINKED_ROLE, TypeActions } from "./actions";

const EC2_TAGS = ["ec2:CreateTags", "ec2:DeleteTags"];
const ELB_TAGS = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];

const securityGroupRule = (direction: "Ingress" | "Egress"): TypeActions => ({
    create: [`ec2:AuthorizeSecurityGroup${direction}`],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules"],
    delete: [`ec2:RevokeSecurityGroup${direction}`],
    tag: EC2_TAGS,
});

/** The network and the load balancer, by resource type. */
export const NETWORK_ACTIONS: Readonly<Record<string, TypeActions>> = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        create: ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
        read: ["ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules", "ec2:DescribeVpcs"],
        update: [],
        delete: [],
        tag: EC2_TAGS,
    },
    "aws:ec2/eip:Eip": {
        create: ["ec2:AllocateAddress"],
        read: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
        update: [],
        delete: ["ec2:DisassociateAddress", "ec2:ReleaseAddress"],
        tag: EC2_TAGS,
    },
    "aws:ec2/internetGateway:InternetGateway": {
        create: ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway"],
        read: ["ec2:DescribeInternetGateways"],
        update: [],
        delete: ["ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"],
        tag: EC2_TAGS,
    },
    "aws:ec2/natGateway:NatGateway": {
        create: ["ec2:CreateNatGateway"],
        read: ["ec2:DescribeNatGateways"],
        update: [],
        delete: ["ec2:DeleteNatGateway"],
        tag: EC2_TAGS,
    },
    "aws:ec2/route:Route": {
        create: ["ec2:CreateRoute"],
        read: ["ec2:DescribeRouteTables"],
        update: ["ec2:ReplaceRoute"],
        delete: ["ec2:DeleteRoute"],
        tag: [],
    },
    "aws:ec2/routeTable:RouteTable": {
        create: ["ec2:CreateRouteTable"],
        read: ["ec2:DescribeRouteTables"],
        update: [],
        delete: ["ec2:DisassociateRouteTable", "ec2:DeleteRouteTable"],
        tag: EC2_TAGS,
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        create: ["ec2:AssociateRouteTable"],
        read: ["ec2:DescribeRouteTables"],
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
        tag: EC2_TAGS,
    },
    "aws:ec2/subnet:Subnet": {
        create: ["ec2:CreateSubnet", "ec2:ModifySubnetAttribute"],
        read: ["ec2:DescribeSubnets"],
        update: [],
        delete: ["ec2:DescribeNetworkInterfaces", "ec2:DeleteSubnet"],
        tag: EC2_TAGS,
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
        tag: EC2_TAGS,
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        // Private DNS names associate the VPC with a zone of the service's (service authorization reference, dependent actions).
        create: ["ec2:CreateVpcEndpoint", "route53:AssociateVPCWithHostedZone"],
        read: ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists", "ec2:DescribeNetworkInterfaces"],
        update: ["ec2:ModifyVpcEndpoint"],
        delete: ["ec2:DeleteVpcEndpoints"],
        tag: EC2_TAGS,
    },
    "aws:lb/listener:Listener": {
        create: ["elasticloadbalancing:CreateListener"],
        read: [
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeTags",
        ],
        update: ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes"],
        delete: ["elasticloadbalancing:DeleteListener"],
        tag: ELB_TAGS,
    },
    "aws:lb/listenerRule:ListenerRule": {
        create: ["elasticloadbalancing:CreateRule"],
        read: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
        update: ["elasticloadbalancing:ModifyRule", "elasticloadbalancing:SetRulePriorities"],
        delete: ["elasticloadbalancing:DeleteRule"],
        tag: ELB_TAGS,
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        create: ["elasticloadbalancing:CreateLoadBalancer", SERVICE_LINKED_ROLE],
        read: [
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeTags",
        ],
        update: [
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
            "elasticloadbalancing:SetIpAddressType",
        ],
        delete: ["elasticloadbalancing:DeleteLoadBalancer", "ec2:DescribeNetworkInterfaces"],
        tag: ELB_TAGS,
    },
    "aws:lb/targetGroup:TargetGroup": {
        create: ["elasticloadbalancing:CreateTargetGroup"],
        read: [
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTags",
        ],
        update: ["elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes"],
        delete: ["elasticloadbalancing:DeleteTargetGroup"],
        tag: ELB_TAGS,
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
};
