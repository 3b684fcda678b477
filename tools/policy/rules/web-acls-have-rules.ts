import { resourceRule } from "../rule";
import { WEB_ACL } from "../../inventory/types";
import { isAbsent } from "../../inventory/inputs";

export const webAclsHaveRules = resourceRule({
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
