import { NO_FACTS, NO_OUTPUTS, PRICED, Rows } from "./row";

export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
export const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
export const WEB_ACL_LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

export const ROWS: Rows = {
    [WEB_ACL]: {
        facts: NO_FACTS,
        loss: undefined,
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};
