import { resourceRule } from "../rule";
import { WEB_ACL } from "../../inventory/types";
import { at, listOf, mayBe, show } from "../../inventory/inputs";

export const webAclsAreMeasured = resourceRule({
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
