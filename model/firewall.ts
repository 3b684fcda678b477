/** What a web ACL is made of, as AWS WAF takes it. */

/** What requests are let through, counted and stopped. */
export interface Firewall {
    /** `count`: everything is counted, and nothing stopped. */
    readonly mode: "block" | "count";
    /** Requests of one address in five minutes. */
    readonly rateLimit: number;
    /** Blocks whose requests no further rule looks at, each in its shortest spelling. */
    readonly allowCidrs: readonly string[];
    /** Blocks whose requests are stopped before any other rule. */
    readonly blockCidrs: readonly string[];
}

/** AWS's managed rule groups, which cost nothing beside the rule, with the capacity that each takes (WAF developer guide, AWS Managed Rules list). */
export const GROUP_CAPACITY = {
    AWSManagedRulesACFPRuleSet: 50,
    AWSManagedRulesATPRuleSet: 50,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesAntiDDoSRuleSet: 50,
    AWSManagedRulesBotControlRuleSet: 50,
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesPHPRuleSet: 100,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesWindowsRuleSet: 200,
    AWSManagedRulesWordPressRuleSet: 100,
} as const;

/** Capacity units in the price of each request; beyond it AWS asks for more, and takes no more than 5,000 (WAF developer guide, WCUs). */
export const BASIC_CAPACITY = 1500;

/** Blocks in an IP set, by AWS. */
export const MOST_BLOCKS = 10_000;

const WINDOW_SECONDS = 300;

/** Bodies over 8 KB: uploads of many an application, which only somebody who knows it can refuse. */
const COUNTED_ALWAYS = ["SizeRestrictions_BODY"];

/** Lists in the order in which they are tried, before all other rules. */
export const LISTS = ["blocked", "allowed"] as const;
export type List = (typeof LISTS)[number];

/** A priority is a rule's own, whichever others there are: one more changes no other. */
const PRIORITY = { blocked: 0, allowed: 1, "rate-limit": 2, "ip-reputation": 3, "known-bad-inputs": 4, "core-rules": 5 } as const;
type RuleName = keyof typeof PRIORITY;

/**
 * The rules of a web ACL that lets through what none of them stops.
 *
 * @param ipSets ARNs of the IP sets of each list, one a family; absent where a list is empty
 */
export function firewallRules<Text>({ mode, rateLimit }: Firewall, ipSets: Readonly<Record<List, readonly Text[]>>) {
    const isBlocking = mode === "block";
    const stop = isBlocking ? { block: {} } : { count: {} };
    const named = (name: RuleName) => ({ name, priority: PRIORITY[name], visibilityConfig: visibility(name) });
    const list = (name: List, action: object) => {
        const statement = anyOf(ipSets[name]);
        return statement === undefined ? [] : [{ ...named(name), action, statement }];
    };
    const group = (name: RuleName, ruleSet: keyof typeof GROUP_CAPACITY, counted: readonly string[] = []) => ({
        ...named(name),
        overrideAction: isBlocking ? { none: {} } : { count: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: ruleSet,
                ...(counted.length > 0 && {
                    ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
                }),
            },
        },
    });
    const rate = { limit: rateLimit, evaluationWindowSec: WINDOW_SECONDS, aggregateKeyType: "IP" };
    return [
        ...list("blocked", stop),
        ...list("allowed", { allow: {} }),
        { ...named("rate-limit"), action: stop, statement: { rateBasedStatement: rate } },
        group("ip-reputation", "AWSManagedRulesAmazonIpReputationList"),
        group("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet"),
        group("core-rules", "AWSManagedRulesCommonRuleSet", COUNTED_ALWAYS),
    ];
}

/** One rule for both families: each rule costs. */
function anyOf<Text>(arns: readonly Text[]) {
    const statements = arns.map(arn => ({ ipSetReferenceStatement: { arn } }));
    return statements.length > 1 ? { orStatement: { statements } } : statements[0];
}

export function visibility(metricName: string) {
    return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** Logs keep what was stopped or counted, and not what passed; logins and sessions are in no log. */
export const LOGGING = {
    redactedFields: ["authorization", "cookie"].map(name => ({ singleHeader: { name } })),
    loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
            {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                // The last one is what a rule of a group is called that is told to count.
                conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map(action => ({ actionCondition: { action } })),
            },
        ],
    },
};
