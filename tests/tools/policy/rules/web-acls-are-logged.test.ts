import { webAclsAreLogged } from "../../../../tools/policy/rules/web-acls-are-logged";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../../../tools/inventory/types";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(webAclsAreLogged, {
    meets: { logs: [resource(WEB_ACL), resource(WEB_ACL_LOGGING, { resourceArn: "WebAcl" })] },
    breaks: { none: [[resource(WEB_ACL)], /it logs nothing/] },
});
