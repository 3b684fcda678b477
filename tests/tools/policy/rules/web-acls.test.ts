import { webAclsAreMeasured } from "../../../../tools/policy/rules/web-acls";
import { WEB_ACL } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

const MEASURED = { visibilityConfig: { cloudwatchMetricsEnabled: true } };

prove(webAclsAreMeasured, {
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
