import { isAbsent } from "../../inventory/inputs";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../../inventory/types/cloudwatch";
import { TOPIC, TOPIC_SUBSCRIPTION } from "../../inventory/types/sns";
import { Rule, resourceRule, stackRule } from "../rule";

const alarmsNotify = resourceRule({
    name: "alarms-notify",
    title: "Alarms have an action, and it is on.",
    controls: ["CloudWatch.15", "CloudWatch.17"],
    severity: "high",
    reason: "An alarm that tells nobody is a picture.",
    fix: "Give the alarm alarmActions, and leave actionsEnabled on.",
    standing: { is: "met", where: "components/alarms.ts" },
    // A job has one in development too, where it is looked at in the console.
    profile: "production",
    types: [METRIC_ALARM, COMPOSITE_ALARM],
    check: ({ inputs: { alarmActions, actionsEnabled } }) => [
        ...(isAbsent(alarmActions) ? ["it has no action"] : []),
        ...(actionsEnabled === false ? ["its actions are off"] : []),
    ],
});

/** A topic of somebody else's is theirs to be heard. */
const somebodyHearsOfAlarms = stackRule({
    name: "somebody-hears-of-alarms",
    title: "Somebody hears of alarms.",
    controls: [],
    severity: "high",
    reason: "A topic without a subscription takes every message, and nobody gets one.",
    fix: "Set fargate:alarms.email to addresses that are read, or fargate:alarms.topicArn to a topic that people are subscribed to.",
    standing: { is: "met", where: "components/topic.ts" },
    profile: "production",
    types: [TOPIC],
    find: stack =>
        stack
            .ofType(TOPIC)
            .filter(topic => stack.referring(topic, METRIC_ALARM, "alarmActions").length > 0)
            .filter(topic => stack.referring(topic, TOPIC_SUBSCRIPTION, "topic").length === 0)
            .map(resource => ({ resource, what: "alarms write to it, and nobody is subscribed" })),
});

export const alarmRules: readonly Rule[] = [alarmsNotify, somebodyHearsOfAlarms];
