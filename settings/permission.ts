import { z } from "zod";
import { ARN_OR_ALL, arn, arnFault } from "./arns";
import { once, text, without } from "./forms";

/** IAM's grammar: a service by its prefix, an action by name or pattern; neither knows case (IAM user guide, "Action"). */
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/;

const action = text(ACTION, found => {
    const what = "an IAM action, such as s3:GetObject or s3:Get*";
    if (found === "*") return `${what}: * alone is every action of AWS`;
    const [service = "", name] = found.split(":");
    if (name === undefined || service === "") return `${what}: <service>:<action>`;
    if (service === "arn") return `${what}: an ARN is one of resources`;
    if (name === "") return `${what}: the action is missing, behind the colon`;
    if (/[*?]/.test(service)) return `${what}: IAM takes * and ? behind the colon alone`;
    return without(/[A-Za-z0-9:*?-]/, what)(found);
}).overwrite(value => value.replace(/^[^:]+/, service => service.toLowerCase()));

/** What tasks may do, and to what: of a service, or in the account's bootstrap. */
export const permissionSchema = z.strictObject({
    actions: once(z.array(action).min(1, { error: "one action at least" }), "action").describe(
        "IAM actions; without internet, of services whose endpoint is known.",
    ),
    resources: once(z.array(arn(ARN_OR_ALL, arnFault)).min(1, { error: "one resource at least" }), "resource").describe(
        "What the actions may be done to, by ARN.",
    ),
});
