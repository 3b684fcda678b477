import { fieldsOf, firstOf, textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forGood, forNow, named, says } from "./row";

export const LISTENER = "aws:lb/listener:Listener";
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
    [LISTENER_RULE]: {
        facts: inputs => [`priority ${textOf(inputs["priority"])}`],
        loss: forNow(says("requests that it sent on")),
        cost: { free: "its load is the load balancer's LCUs" },
        outputs: NO_OUTPUTS,
    },
    [LOAD_BALANCER]: {
        facts: inputs => [
            inputs["internal"] === true ? "internal" : "internet-facing",
            inputs["enableDeletionProtection"] === true ? "deletion protection" : "no deletion protection",
            fieldsOf(inputs["accessLogs"])["enabled"] === true && "access logs",
        ],
        loss: forGood(named("the load balancer's address:", "dnsName")),
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
            return [
                `port ${textOf(inputs["port"])}`,
                `${textOf(check["path"])} every ${textOf(check["interval"])} s`,
                `drains ${textOf(inputs["deregistrationDelay"])} s`,
            ];
        },
        loss: forNow(says("its registered tasks")),
        cost: { free: "free" },
        outputs: id => ({ arnSuffix: `targetgroup/${id}` }),
    },
};
