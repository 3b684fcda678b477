import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../../../tools/inventory/types/wafv2";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

prove("web-acls-are-logged", {
    meets: { logs: [resource(WEB_ACL), resource(WEB_ACL_LOGGING, { resourceArn: "WebAcl" })] },
    breaks: { none: [[resource(WEB_ACL)], /it logs nothing/] },
    broken: { by: without(WEB_ACL_LOGGING, "firewall-logging") },
});

const MEASURED = { visibilityConfig: { cloudwatchMetricsEnabled: true } };

prove("web-acls-are-measured", {
    meets: { "metrics everywhere": [resource(WEB_ACL, { ...MEASURED, rules: [{ name: "common", ...MEASURED }] })] },
    breaks: {
        "none for the ACL": [
            [resource(WEB_ACL, { visibilityConfig: { cloudwatchMetricsEnabled: false } })],
            /the ACL is not measured/,
        ],
        "none for a rule": [[resource(WEB_ACL, { ...MEASURED, rules: [{ name: "common" }] })], /common is not measured/],
    },
    unknown: [resource(WEB_ACL, { visibilityConfig: UNKNOWN, rules: UNKNOWN })],
    broken: { by: having(WEB_ACL, "firewall-acl", { visibilityConfig: { cloudwatchMetricsEnabled: false } }) },
});

prove("web-acls-have-rules", {
    meets: {
        "a rule": [resource(WEB_ACL, { rules: [{ name: "common" }] })],
        "rules as text": [resource(WEB_ACL, { ruleJson: "[…]" })],
    },
    breaks: { none: [[resource(WEB_ACL)], /it has no rule/] },
    unknown: [resource(WEB_ACL, { rules: UNKNOWN })],
    broken: { by: having(WEB_ACL, "firewall-acl", { rules: undefined }) },
});

const groups = (...names: readonly string[]) => ({
    rules: [
        { name: "rate-limit", statement: { rateBasedStatement: { limit: 10 } } },
        ...names.map(name => ({ name, statement: { managedRuleGroupStatement: { vendorName: "AWS", name } } })),
    ],
});
const LARGEST = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet"];
const OTHERS = ["AWSManagedRulesLinuxRuleSet", "AWSManagedRulesWindowsRuleSet"];

prove("web-acls-keep-to-basic-capacity", {
    meets: {
        "1,500 units": [resource(WEB_ACL, groups(...LARGEST, ...OTHERS))],
        "groups that nobody knows": [resource(WEB_ACL, groups("ofSomebodyElse"))],
    },
    breaks: {
        "1,525 units": [
            [resource(WEB_ACL, groups(...LARGEST, ...OTHERS, "AWSManagedRulesAmazonIpReputationList"))],
            /its managed groups take 1525 capacity units/,
        ],
    },
    unknown: [resource(WEB_ACL, { rules: UNKNOWN })],
    broken: {
        by: having(WEB_ACL, "firewall-acl", groups(...LARGEST, ...OTHERS, "AWSManagedRulesAmazonIpReputationList")),
        with: ["web-acls-are-measured"],
    },
});
