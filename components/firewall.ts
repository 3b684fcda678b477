import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseBlock } from "../model/address-blocks";
import { Firewall as FirewallSettings, LISTS, LOGGING, List, firewallRules, visibility } from "../model/firewall";
import { COMPONENT, firewallLogGroup, ipSetName } from "../model/names";

export interface FirewallArgs {
    /** Physical name of the web ACL; those of its IP sets and its log group hold it too. */
    readonly aclName: string;
    /** What is stopped, counted and let through: `rateLimit` in requests of one address in five minutes. Plain: decides how many. */
    readonly firewall: FirewallSettings;
    /** ARN of the Application Load Balancer that it stands in front of. */
    readonly loadBalancerArn: pulumi.Input<string>;
    /** Days that CloudWatch Logs keeps what was stopped or counted: one of the numbers that `PutRetentionPolicy` takes. */
    readonly logRetentionDays: number;
}

/**
 * AWS WAF in front of a load balancer: AWS's core rules, known bad inputs and IP reputation, a rate limit for each address, and lists of one's own.
 *
 * Cost: the web ACL and each rule by the month, and requests; logs by what is stopped or counted.
 *
 * @example
 * ```ts
 * import { Firewall } from "./components/firewall";
 *
 * const firewall = new Firewall("firewall", {
 *     aclName: "shop-staging",
 *     firewall: { mode: "count", rateLimit: 2000, allowCidrs: ["203.0.113.0/24"], blockCidrs: [] },
 *     loadBalancerArn: "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/app/shop/0123456789abcdef",
 *     logRetentionDays: 30,
 * });
 *
 * export const firewallLogs = firewall.logGroupName;
 * ```
 */
export class Firewall extends pulumi.ComponentResource {
    /** Name of the log group in CloudWatch Logs. */
    readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
        const { aclName, firewall } = args;
        super(COMPONENT.firewall, name, { ...firewall, logRetentionDays: args.logRetentionDays }, opts);

        const ipSets = (list: List) => {
            const cidrs = (list === "allowed" ? firewall.allowCidrs : firewall.blockCidrs).flatMap(
                text => parseBlock(text) ?? [],
            );
            return (["ipv4", "ipv6"] as const).flatMap(family => {
                const addresses = cidrs.filter(cidr => cidr.family === family).map(({ text }) => text);
                if (addresses.length === 0) return [];
                const { arn } = new aws.wafv2.IpSet(
                    `${name}-${list}-${family}`,
                    {
                        name: ipSetName(aclName, list, family),
                        scope: "REGIONAL",
                        ipAddressVersion: family.toUpperCase(),
                        addresses,
                    },
                    { parent: this },
                );
                return [arn];
            });
        };
        const [blocked = [], allowed = []] = LISTS.map(ipSets);
        const acl = new aws.wafv2.WebAcl(
            `${name}-acl`,
            {
                name: aclName,
                scope: "REGIONAL",
                defaultAction: { allow: {} },
                rules: firewallRules(firewall, { blocked, allowed }),
                visibilityConfig: visibility(aclName),
            },
            { parent: this },
        );
        new aws.wafv2.WebAclAssociation(
            `${name}-association`,
            { webAclArn: acl.arn, resourceArn: args.loadBalancerArn },
            // A load balancer has one web ACL: to delete the old association after the new one was made would take that away too.
            { parent: this, deleteBeforeReplace: true },
        );

        const logs = new aws.cloudwatch.LogGroup(
            `${name}-logs`,
            { name: firewallLogGroup(aclName), retentionInDays: args.logRetentionDays },
            { parent: this },
        );
        new aws.wafv2.WebAclLoggingConfiguration(
            `${name}-logging`,
            { resourceArn: acl.arn, logDestinationConfigs: [logs.arn], ...LOGGING },
            { parent: this },
        );

        this.logGroupName = logs.name;
        this.registerOutputs({ logGroupName: this.logGroupName });
    }
}
