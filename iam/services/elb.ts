import { any, createdBy, fresh, here, inRegion, inSubnets, kept, own } from "../scope";
import { AwsService, SERVICE_LINKED_ROLE, readNetwork } from "./actions";

const TAGS = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];

/** The load balancer: as with the network, tags tell whose it is. */
export const ELB: AwsService = {
    types: {
        "aws:lb/listener:Listener": {
            create: ["elasticloadbalancing:CreateListener"],
            read: [
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeListenerAttributes",
                "elasticloadbalancing:DescribeTags",
            ],
            update: ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes"],
            delete: ["elasticloadbalancing:DeleteListener"],
            tag: TAGS,
        },
        "aws:lb/listenerCertificate:ListenerCertificate": {
            create: ["elasticloadbalancing:AddListenerCertificates"],
            read: ["elasticloadbalancing:DescribeListenerCertificates"],
            update: [],
            delete: ["elasticloadbalancing:RemoveListenerCertificates"],
            tag: [],
        },
        "aws:lb/listenerRule:ListenerRule": {
            create: ["elasticloadbalancing:CreateRule"],
            read: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
            update: ["elasticloadbalancing:ModifyRule", "elasticloadbalancing:SetRulePriorities"],
            delete: ["elasticloadbalancing:DeleteRule"],
            tag: TAGS,
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
            tag: TAGS,
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
            tag: TAGS,
        },
    },
    lookUps: {},
    rollouts: ["elasticloadbalancing:DescribeTargetHealth"],
    limits: [
        readNetwork(
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
        ),
        {
            sid: "OwnLoadBalancer",
            actions: [
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:CreateWebACLAssociation",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DeleteWebACLAssociation",
                "elasticloadbalancing:GetLoadBalancerWebACL",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetSecurityGroups",
            ],
            on: here("elasticloadbalancing", "*"),
            when: own,
        },
        {
            sid: "SubnetsOfLoadBalancer",
            actions: ["elasticloadbalancing:SetSubnets"],
            on: here("elasticloadbalancing", "loadbalancer/app/*"),
            when: scope => ({ ...own(scope), ...inSubnets("elasticloadbalancing:Subnet", scope) }),
        },
        {
            // The one action of rules for which AWS knows no condition (service authorization reference), and rules have no names.
            sid: "OrderRules",
            actions: ["elasticloadbalancing:SetRulePriorities"],
            on: here("elasticloadbalancing", "listener-rule/app/*"),
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
            when: scope => ({
                // One that says nothing of its scheme would face the internet.
                StringEquals: {
                    ...fresh(scope)["StringEquals"],
                    ...(scope.internal === true && { "elasticloadbalancing:Scheme": "internal" }),
                },
                ...inSubnets("elasticloadbalancing:Subnet", scope),
            }),
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
    ],
    looks: [{ sid: "SeeTargets", actions: ["elasticloadbalancing:DescribeTargetHealth"], on: any, when: inRegion }],
};
