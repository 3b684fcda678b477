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
    standing: { is: "absent", part: "web ACLs" },
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
    standing: { is: "absent", part: "web ACLs" },
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
    standing: { is: "absent", part: "web ACLs" },
    types: [WEB_ACL],
    check: ({ inputs: { rules, ruleJson } }) => (isAbsent(rules) && isAbsent(ruleJson) ? "it has no rule" : undefined),
});

export const webAclRules: readonly Rule[] = [webAclsAreLogged, webAclsAreMeasured, webAclsHaveRules];
