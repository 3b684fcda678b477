import { Condition, Limit, fresh, here, openedGroups, own } from "../scope";
import type { AwsService, TypeActions } from "./actions";

export const TAGS = ["ec2:CreateTags", "ec2:DeleteTags"];

const securityGroupRule = (direction: "Ingress" | "Egress"): TypeActions => ({
    create: [`ec2:AuthorizeSecurityGroup${direction}`],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules"],
    delete: [`ec2:RevokeSecurityGroup${direction}`],
    tag: TAGS,
});

/** Security groups and their rules, of EC2. */
export const GROUP_TYPES: AwsService["types"] = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        create: ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
        read: ["ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules", "ec2:DescribeVpcs"],
        update: [],
        delete: [],
        tag: TAGS,
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        // A new group lets everything out; the provider takes that away.
        create: ["ec2:CreateSecurityGroup", "ec2:RevokeSecurityGroupEgress"],
        read: ["ec2:DescribeSecurityGroups"],
        update: [],
        delete: ["ec2:DescribeNetworkInterfaces", "ec2:DeleteSecurityGroup"],
        tag: TAGS,
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
};

export const GROUP_LIMITS: readonly Limit[] = [
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
        // Beside the rule, which has to be the stack's own where it is made or changed. Taking one away is authorized on the group alone.
        sid: "OpenGivenGroups",
        actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupIngress"],
        on: openedGroups,
    },
];

/** A Name comes with the making of a resource alone. */
export function withName(condition: Condition): Condition {
    return { ...condition, Null: { "aws:ResourceTag/Name": "false" } };
}
