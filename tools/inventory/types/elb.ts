import { fieldsOf, firstOf, textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forGood, forNow, named, says } from "./row";

export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

export const ROWS: Rows = {
    [LISTENER]: {
        facts: inputs => [
            `${textOf(inputs["protocol"])} ${textOf(inputs["port"])}`,
            textOf(firstOf(inputs["defaultActions"])["type"]),
            textOf(inputs["sslPolicy"]),
        ],
        loss: forNow(named("what it answered on port", "port")),
        cost: { free: "its load is the load balancer's LCUs" },
        outputs: NO_OUTPUTS,
    },
    [LISTENER_CERTIFICATE]: {
        facts: inputs => [textOf(inputs["certificateArn"])],
        loss: forNow(named("TLS for the names of the certificate", "certificateArn")),
        cost: { free: "certificates of a listener are free" },
        outputs: NO_OUTPUTS,
    },
    [LISTENER_RULE]: {
        facts: inputs => [`priority ${textOf(inputs["priority"])}`, ...answerFacts(firstOf(inputs["actions"]))],
        loss: forNow(says("requests that it sent on")),
        cost: { free: "its load is the load balancer's LCUs" },
        outputs: NO_OUTPUTS,
    },
    [LOAD_BALANCER]: {
        facts: inputs => [
            inputs["internal"] === true ? "internal" : "internet-facing",
            inputs["enableDeletionProtection"] === true ? "deletion protection" : "no deletion protection",
            inputs["idleTimeout"] !== undefined && `idle for ${textOf(inputs["idleTimeout"])} s`,
            fieldsOf(inputs["accessLogs"])["enabled"] === true && "access logs",
        ],
        loss: forGood(
            named("the load balancer's address:", "dnsName"),
            named("its own name in DNS, for another load balancer's, which this stack's records move to:", "dnsName"),
        ),
        cost: PRICED,
        outputs: id => ({
            dnsName: `${id}.elb.amazonaws.com`,
            zoneId: `${id}-zone`,
            arnSuffix: `app/${id}`,
        }),
    },
    [TARGET_GROUP]: {
        facts: inputs => {
            const check = fieldsOf(inputs["healthCheck"]);
            const sticky = fieldsOf(inputs["stickiness"]);
            return [
                `${textOf(check["path"])} every ${textOf(check["interval"])} s`,
                `drains ${textOf(inputs["deregistrationDelay"])} s`,
                ...(typeof inputs["protocolVersion"] === "string" ? [inputs["protocolVersion"]] : []),
                ...(inputs["slowStart"] === undefined ? [] : [`slow start ${textOf(inputs["slowStart"])} s`]),
                ...(sticky["enabled"] === true ? [`sticky ${textOf(sticky["cookieDuration"])} s`] : []),
            ];
        },
        loss: forNow(
            says("its registered tasks"),
            says("its registered tasks: requests fail until the new one has healthy ones"),
        ),
        cost: { free: "free" },
        outputs: id => ({ arnSuffix: `targetgroup/${id}` }),
    },
};

/** What a rule answers without a target. */
function answerFacts(action: Readonly<Record<string, unknown>>): string[] {
    const { host, path, statusCode } = fieldsOf(action["redirect"]);
    if (action["type"] === "redirect")
        return [
            `${textOf(statusCode).replace("HTTP_", "")} to ${[host, path].map(part => (typeof part === "string" ? part : "")).join("")}`,
        ];
    if (action["type"] === "fixed-response") return [`answers ${textOf(fieldsOf(action["fixedResponse"])["statusCode"])}`];
    return [];
}
