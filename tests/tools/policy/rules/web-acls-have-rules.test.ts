import { webAclsHaveRules } from "../../../../tools/policy/rules/web-acls-have-rules";
import { WEB_ACL } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(webAclsHaveRules, {
    meets: {
        "a rule": [resource(WEB_ACL, { rules: [{ name: "common" }] })],
        "rules as text": [resource(WEB_ACL, { ruleJson: "[…]" })],
    },
    breaks: { none: [[resource(WEB_ACL)], /it has no rule/] },
    unknown: [resource(WEB_ACL, { rules: UNKNOWN })],
});
