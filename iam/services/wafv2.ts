import { any, here, inRegion, named } from "../scope";
import type { AwsService } from "./actions";

const TAGS = ["wafv2:TagResource", "wafv2:UntagResource"];

/** What logging to a log group takes beside WAF's own action (WAF developer guide, CloudWatch Logs): WAF writes a resource policy of the account's. */
const DELIVERY = [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
];

/** Web ACLs and their IP sets, by their names. */
export const WAFV2: AwsService = {
    types: {
        "aws:wafv2/ipSet:IpSet": {
            create: ["wafv2:CreateIPSet"],
            read: ["wafv2:GetIPSet", "wafv2:ListTagsForResource"],
            update: ["wafv2:UpdateIPSet"],
            delete: ["wafv2:DeleteIPSet"],
            tag: TAGS,
        },
        "aws:wafv2/webAcl:WebAcl": {
            create: ["wafv2:CreateWebACL"],
            read: ["wafv2:GetWebACL", "wafv2:ListTagsForResource"],
            update: ["wafv2:UpdateWebACL"],
            delete: ["wafv2:DeleteWebACL"],
            tag: TAGS,
        },
        // Elastic Load Balancing is asked too, by actions that know tags; with its older SetWebAcl, which knows none, any load balancer would do.
        "aws:wafv2/webAclAssociation:WebAclAssociation": {
            create: ["wafv2:AssociateWebACL", "elasticloadbalancing:CreateWebACLAssociation"],
            read: ["wafv2:GetWebACLForResource", "elasticloadbalancing:GetLoadBalancerWebACL"],
            update: [],
            delete: ["wafv2:DisassociateWebACL", "elasticloadbalancing:DeleteWebACLAssociation"],
            tag: [],
        },
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
            create: ["wafv2:PutLoggingConfiguration", ...DELIVERY],
            read: ["wafv2:GetLoggingConfiguration"],
            update: [],
            delete: ["wafv2:DeleteLoggingConfiguration"],
            tag: [],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnFirewall",
            actions: [
                "wafv2:AssociateWebACL",
                "wafv2:CreateIPSet",
                "wafv2:CreateWebACL",
                "wafv2:DeleteIPSet",
                "wafv2:DeleteLoggingConfiguration",
                "wafv2:DeleteWebACL",
                "wafv2:DisassociateWebACL",
                "wafv2:GetIPSet",
                "wafv2:GetLoggingConfiguration",
                "wafv2:GetWebACL",
                "wafv2:GetWebACLForResource",
                "wafv2:ListTagsForResource",
                "wafv2:PutLoggingConfiguration",
                "wafv2:TagResource",
                "wafv2:UntagResource",
                "wafv2:UpdateIPSet",
                "wafv2:UpdateWebACL",
            ],
            on: named(
                "wafv2",
                "regional/webacl/PREFIX/*",
                "regional/ipset/PREFIX-allowed-*/*",
                "regional/ipset/PREFIX-blocked-*/*",
            ),
        },
        {
            sid: "ManagedFirewallRules",
            actions: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL"],
            on: here("wafv2", "regional/managedruleset/*"),
        },
        // WAF cannot tell whose a load balancer is. Elastic Load Balancing can: see the association.
        {
            sid: "FirewallOfLoadBalancer",
            actions: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACLForResource"],
            on: here("elasticloadbalancing", "loadbalancer/app/*"),
        },
        {
            sid: "DeliverFirewallLogs",
            actions: [
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeResourcePolicies",
                "logs:PutResourcePolicy",
            ],
            on: any,
            when: inRegion,
        },
    ],
};
