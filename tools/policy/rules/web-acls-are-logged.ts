import { stackRule } from "../rule";
import { WEB_ACL, WEB_ACL_LOGGING } from "../../inventory/types";

export const webAclsAreLogged = stackRule({
    name: "web-acls-are-logged",
    title: "Web ACLs log what they see.",
    controls: ["WAF.11"],
    severity: "low",
    reason: "Nobody could tell an attack from a customer whom a rule turned away.",
    fix: "Make an aws.wafv2.WebAclLoggingConfiguration with a log group whose name starts with aws-waf-logs-.",
    standing: { is: "absent", part: "web ACLs" },
    types: [WEB_ACL],
    find: stack =>
        stack
            .ofType(WEB_ACL)
            .filter(acl => stack.referring(acl, WEB_ACL_LOGGING, "resourceArn").length === 0)
            .map(resource => ({ resource, what: "it logs nothing" })),
});
