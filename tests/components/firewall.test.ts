import assert from "node:assert/strict";
import { Firewall, FirewallArgs } from "../../components/firewall";
import { cached, declare } from "../support/declared";

const ARGS: FirewallArgs = {
    aclName: "fargate-dev",
    firewall: { mode: "block", rateLimit: 2000, allowCidrs: [], blockCidrs: [] },
    loadBalancerArn: "arn:load-balancer",
    logRetentionDays: 30,
};
const LISTS: FirewallArgs = {
    ...ARGS,
    firewall: {
        ...ARGS.firewall,
        allowCidrs: ["203.0.113.0/24", "2001:db8::/32"],
        blockCidrs: ["198.51.100.7/32", "198.51.100.8/32"],
    },
};

const made = cached((args: FirewallArgs) =>
    declare(() => {
        const { logGroupName } = new Firewall("firewall", args);
        return { logGroupName };
    }),
);

describe("the firewall", () => {
    it("is a web ACL in front of the load balancer, and its logs", async () => {
        assert.deepEqual((await made(ARGS)).list, [
            "Firewall firewall",
            "cloudwatch.LogGroup firewall-logs",
            "wafv2.WebAcl firewall-acl",
            "wafv2.WebAclAssociation firewall-association",
            "wafv2.WebAclLoggingConfiguration firewall-logging",
        ]);
    });

    it("lets through what no rule stops, under the stack's name", async () => {
        const { rules, ...acl } = (await made(ARGS)).inputs("wafv2.WebAcl firewall-acl");
        assert.deepEqual(acl, {
            name: "fargate-dev",
            scope: "REGIONAL",
            defaultAction: { allow: {} },
            visibilityConfig: {
                metricName: "fargate-dev",
                cloudwatchMetricsEnabled: true,
                sampledRequestsEnabled: true,
            },
        });
        assert.equal((rules as unknown[]).length, 4);
    });

    it("has an IP set for each list and family that has a block", async () => {
        const declared = await made(LISTS);
        const sets = declared.list.filter(line => line.startsWith("wafv2.IpSet"));
        assert.deepEqual(
            sets.map(set => {
                const { name, ipAddressVersion, addresses, scope } = declared.inputs(set);
                return [set, name, ipAddressVersion, addresses, scope];
            }),
            [
                ["allowed-ipv4", "IPV4", ["203.0.113.0/24"]],
                ["allowed-ipv6", "IPV6", ["2001:db8::/32"]],
                ["blocked-ipv4", "IPV4", ["198.51.100.7/32", "198.51.100.8/32"]],
            ].map(([name, ...rest]) => [
                `wafv2.IpSet firewall-${String(name)}`,
                `fargate-dev-${String(name)}`,
                ...rest,
                "REGIONAL",
            ]),
        );
        const statements = (declared.inputs("wafv2.WebAcl firewall-acl")["rules"] as { statement: unknown }[]).map(
            ({ statement }) => JSON.stringify(statement),
        );
        assert.match(statements[0] ?? "", /firewall-blocked-ipv4/);
        assert.match(statements[1] ?? "", /firewall-allowed-ipv4.*firewall-allowed-ipv6/);
    });

    it("leaves a load balancer before it comes to one again, which has a single web ACL", async () => {
        const declared = await made(ARGS);
        const association = declared.one("wafv2.WebAclAssociation firewall-association");
        assert.deepEqual(association.inputs, { resourceArn: "arn:load-balancer", webAclArn: "arn:aws:WebAcl:firewall-acl" });
        assert.equal(association.deleteBeforeReplace, true);
    });

    it("logs what it stops or counts, without logins and cookies, for as long as the stack keeps logs", async () => {
        const declared = await made(ARGS);
        assert.deepEqual(declared.inputs("cloudwatch.LogGroup firewall-logs"), {
            name: "aws-waf-logs-fargate-dev",
            retentionInDays: 30,
        });
        const keep = (action: string) => ({ actionCondition: { action } });
        assert.deepEqual(declared.inputs("wafv2.WebAclLoggingConfiguration firewall-logging"), {
            resourceArn: "arn:aws:WebAcl:firewall-acl",
            logDestinationConfigs: ["arn:aws:LogGroup:firewall-logs"],
            redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
            loggingFilter: {
                defaultBehavior: "DROP",
                filters: [
                    {
                        behavior: "KEEP",
                        requirement: "MEETS_ANY",
                        conditions: [keep("BLOCK"), keep("COUNT"), keep("EXCLUDED_AS_COUNT")],
                    },
                ],
            },
        });
        assert.deepEqual(declared.outputs, { logGroupName: "aws-waf-logs-fargate-dev" });
    });

    it("shows its plain arguments in a preview", async () => {
        assert.deepEqual((await made(ARGS)).inputs("Firewall firewall"), { ...ARGS.firewall, logRetentionDays: 30 });
    });
});
