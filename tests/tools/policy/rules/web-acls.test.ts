import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../../../tools/inventory/types/wafv2";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove("web-acls-are-logged", {
    meets: { logs: [resource(WEB_ACL), resource(WEB_ACL_LOGGING, { resourceArn: "WebAcl" })] },
    breaks: { none: [[resource(WEB_ACL)], /it logs nothing/] },
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
});

prove("web-acls-have-rules", {
    meets: {
        "a rule": [resource(WEB_ACL, { rules: [{ name: "common" }] })],
        "rules as text": [resource(WEB_ACL, { ruleJson: "[…]" })],
    },
    breaks: { none: [[resource(WEB_ACL)], /it has no rule/] },
    unknown: [resource(WEB_ACL, { rules: UNKNOWN })],
});
