import { BASIC_CAPACITY, GROUP_CAPACITY } from "../../../model/firewall";
import { at, isAbsent, listOf, mayBe, show } from "../../inventory/inputs";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../inventory/types/wafv2";
import { Rule, resourceRule, stackRule } from "../rule";

const webAclsAreLogged = stackRule({
    name: "web-acls-are-logged",
    title: "Web ACLs log what they see.",
    controls: ["WAF.11"],
    severity: "low",
    reason: "Nobody could tell an attack from a customer whom a rule turned away.",
    fix: "Make an aws.wafv2.WebAclLoggingConfiguration with a log group whose name starts with aws-waf-logs-.",
    standing: { is: "met", where: "components/firewall.ts" },
    types: [WEB_ACL],
    find: stack =>
        stack
            .ofType(WEB_ACL)
            .filter(acl => stack.referring(acl, WEB_ACL_LOGGING, "resourceArn").length === 0)
            .map(resource => ({ resource, what: "it logs nothing" })),
});

const webAclsAreMeasured = resourceRule({
    name: "web-acls-are-measured",
    title: "Web ACLs and their rules have CloudWatch metrics.",
    controls: ["WAF.12"],
    severity: "medium",
    reason: "No alarm can be put on what is not counted.",
    fix: "Set visibilityConfig.cloudwatchMetricsEnabled to true, on the ACL and on each rule.",
    standing: { is: "met", where: "components/firewall.ts" },
    types: [WEB_ACL],
    check: ({ inputs }) =>
        [{ name: "the ACL", of: inputs as unknown }, ...listOf(inputs["rules"]).map(of => ({ name: show(at(of, "name")), of }))]
            .filter(({ of }) => !mayBe(at(of, "visibilityConfig", "cloudwatchMetricsEnabled"), true))
            .map(({ name }) => `${name} is not measured`),
});

const webAclsHaveRules = resourceRule({
    name: "web-acls-have-rules",
    title: "Web ACLs have one rule or rule group at least.",
    controls: ["WAF.10"],
    severity: "medium",
    reason: "An empty one is paid for and stops nothing.",
    fix: "Add managed rule groups, such as AWSManagedRulesCommonRuleSet.",
    standing: { is: "met", where: "components/firewall.ts" },
    types: [WEB_ACL],
    check: ({ inputs: { rules, ruleJson } }) => (isAbsent(rules) && isAbsent(ruleJson) ? "it has no rule" : undefined),
});

const webAclsKeepToBasicCapacity = resourceRule({
    name: "web-acls-keep-to-basic-capacity",
    title: `AWS's managed groups in a web ACL take ${BASIC_CAPACITY.toLocaleString("en-US")} capacity units at most.`,
    controls: [],
    severity: "low",
    reason: "Beyond that every request costs more, which no estimate here counts, and beyond 5,000 units AWS refuses the web ACL.",
    fix: "Leave out the managed groups that the application has no use for.",
    standing: { is: "met", where: "model/firewall.ts" },
    types: [WEB_ACL],
    check: ({ inputs: { rules } }) => {
        const capacity = listOf(rules).reduce<number>((sum, rule) => sum + groupCapacity(rule), 0);
        return capacity > BASIC_CAPACITY ? `its managed groups take ${capacity} capacity units` : undefined;
    },
});

function groupCapacity(rule: unknown): number {
    const name = at(rule, "statement", "managedRuleGroupStatement", "name");
    return Object.entries(GROUP_CAPACITY).find(([group]) => group === name)?.[1] ?? 0;
}

export const webAclRules: readonly Rule[] = [webAclsAreLogged, webAclsAreMeasured, webAclsHaveRules, webAclsKeepToBasicCapacity];
