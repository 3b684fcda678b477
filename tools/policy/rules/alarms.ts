import { isAbsent } from "../../inventory/inputs";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../../inventory/types/cloudwatch";
import { Rule, resourceRule } from "../rule";

const alarmsNotify = resourceRule({
    name: "alarms-notify",
    title: "Alarms have an action, and it is on.",
    controls: ["CloudWatch.15", "CloudWatch.17"],
    severity: "high",
    reason: "An alarm that tells nobody is a picture.",
    fix: "Give the alarm alarmActions, and leave actionsEnabled on.",
    standing: { is: "not yet", part: "alarms" },
    types: [METRIC_ALARM, COMPOSITE_ALARM],
    check: ({ inputs: { alarmActions, actionsEnabled } }) => [
        ...(isAbsent(alarmActions) ? ["it has no action"] : []),
        ...(actionsEnabled === false ? ["its actions are off"] : []),
    ],
});

export const alarmRules: readonly Rule[] = [alarmsNotify];
