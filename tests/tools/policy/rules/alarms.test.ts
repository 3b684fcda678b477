import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../../../../tools/inventory/types/cloudwatch";
import { TOPIC, TOPIC_SUBSCRIPTION } from "../../../../tools/inventory/types/sns";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

prove("alarms-notify", {
    meets: { "an action": [resource(METRIC_ALARM, { alarmActions: ["arn:aws:sns:…"] })] },
    breaks: {
        none: [[resource(METRIC_ALARM)], /it has no action/],
        "an action that is off": [
            [resource(METRIC_ALARM, { alarmActions: ["arn:…"], actionsEnabled: false })],
            /its actions are off/,
        ],
        "a composite alarm without any": [[resource(COMPOSITE_ALARM, { alarmActions: [] })], /it has no action/],
    },
    unknown: [resource(METRIC_ALARM, { alarmActions: UNKNOWN, actionsEnabled: UNKNOWN })],
    broken: { by: having(METRIC_ALARM, "web-task-alarms-cpu", { alarmActions: undefined }) },
});

const alarm = resource(METRIC_ALARM, { alarmActions: ["Topic"] });

prove("somebody-hears-of-alarms", {
    meets: {
        "an address": [resource(TOPIC), alarm, resource(TOPIC_SUBSCRIPTION, { topic: "Topic" })],
        "a topic that no alarm writes to": [resource(TOPIC), resource(METRIC_ALARM, { alarmActions: ["arn:aws:sns:…"] })],
        "a topic of somebody else": [resource(METRIC_ALARM, { alarmActions: ["arn:aws:sns:…"] })],
    },
    breaks: {
        nobody: [[resource(TOPIC), alarm], /nobody is subscribed/],
        "an address at another topic": [
            [resource(TOPIC), alarm, resource(TOPIC_SUBSCRIPTION, { topic: "other" })],
            /nobody is subscribed/,
        ],
    },
    broken: { by: without(TOPIC_SUBSCRIPTION, "alarm-topic-ops@example.com") },
});
