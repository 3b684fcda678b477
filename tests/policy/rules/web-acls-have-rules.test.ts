import { webAclsHaveRules } from "../../../policy/rules/web-acls-have-rules";
import { WEB_ACL } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource } from "../resources";

prove(webAclsHaveRules, {
    meets: {
        "a rule": [resource(WEB_ACL, { rules: [{ name: "common" }] })],
        "rules as text": [resource(WEB_ACL, { ruleJson: "[…]" })],
    },
    breaks: { none: [[resource(WEB_ACL)], /it has no rule/] },
    unknown: [resource(WEB_ACL, { rules: UNKNOWN })],
});
