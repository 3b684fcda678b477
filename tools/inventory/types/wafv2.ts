import { fieldsOf, listOf, textOf } from "../inputs";
import { NO_FACTS, NO_OUTPUTS, NOTHING, PRICED, Rows, forNow, says } from "./row";

export const IP_SET = "aws:wafv2/ipSet:IpSet";
export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
export const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
export const WEB_ACL_LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

export const ROWS: Rows = {
    [IP_SET]: {
        facts: inputs => [textOf(inputs["ipAddressVersion"]), listOf(inputs["addresses"]).map(textOf).join(", ")],
        loss: forNow(NOTHING),
        cost: { free: "free; the rule that reads it costs" },
        outputs: NO_OUTPUTS,
    },
    [WEB_ACL]: {
        facts: inputs => {
            const rules = listOf(inputs["rules"]).map(fieldsOf);
            return [textOf(inputs["name"]), `${rules.length} rules: ${rules.map(({ name }) => textOf(name)).join(", ")}`];
        },
        loss: forNow(says("what its rules stopped")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [WEB_ACL_ASSOCIATION]: {
        facts: NO_FACTS,
        loss: forNow(says("the firewall in front of its load balancer")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [WEB_ACL_LOGGING]: {
        facts: inputs => [
            `no ${listOf(inputs["redactedFields"])
                .map(field => textOf(fieldsOf(fieldsOf(field)["singleHeader"])["name"]))
                .join(", ")}`,
        ],
        loss: forNow(says("what it would have logged meanwhile")),
        cost: { free: "its logs are the log group's" },
        outputs: NO_OUTPUTS,
    },
};
