import { webAclsAreLogged } from "../../../policy/rules/web-acls-are-logged";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../../policy/types";
import { prove } from "../prove";
import { resource } from "../resources";

prove(webAclsAreLogged, {
    meets: { logs: [resource(WEB_ACL), resource(WEB_ACL_LOGGING, { resourceArn: "WebAcl" })] },
    breaks: { none: [[resource(WEB_ACL)], /it logs nothing/] },
});
