import { inWords, unixCron } from "../../../model/schedule";
import { fieldsOf, listOf, textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forNow, says } from "./row";

export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const SCHEDULED_ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";
export const SCALING_TARGET = "aws:appautoscaling/target:Target";

export const ROWS: Rows = {
    [SCALING_POLICY]: {
        facts: inputs => {
            const { predefinedMetricSpecification, customizedMetricSpecification, targetValue } = fieldsOf(
                inputs["targetTrackingScalingPolicyConfiguration"],
            );
            const metric =
                textOf(fieldsOf(predefinedMetricSpecification)["predefinedMetricType"]) ||
                textOf(fieldsOf(customizedMetricSpecification)["metricName"]);
            const steps = listOf(fieldsOf(inputs["stepScalingPolicyConfiguration"])["stepAdjustments"]);
            const added = steps.map(step => `+${textOf(fieldsOf(step)["scalingAdjustment"])}`);
            return [metric === "" ? `${added.join(", ")} tasks at once` : `${metric} at ${textOf(targetValue)}`];
        },
        loss: forNow(says("a reason to add or remove tasks")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [SCHEDULED_ACTION]: {
        facts: inputs => {
            const { minCapacity, maxCapacity } = fieldsOf(inputs["scalableTargetAction"]);
            return [scheduleOf(inputs), limitsText(minCapacity, maxCapacity)];
        },
        loss: forNow(says("limits from a time on: those that hold stay")),
        cost: { free: "only its tasks cost" },
        outputs: NO_OUTPUTS,
    },
    [SCALING_TARGET]: {
        facts: inputs => [`${textOf(inputs["minCapacity"])} to ${textOf(inputs["maxCapacity"])} tasks`],
        loss: forNow(says("scaling: the number of tasks stays where it is")),
        cost: { free: "its alarms are the policies'" },
        outputs: NO_OUTPUTS,
    },
};

/** `weekdays 08:00 Asia/Seoul` */
function scheduleOf(inputs: Readonly<Record<string, unknown>>): string {
    return inWords({ cron: unixCron(textOf(inputs["schedule"])), timeZone: textOf(inputs["timezone"]) });
}

/** `4 to 20 tasks` */
export function limitsText(min: unknown, max: unknown): string {
    const [fewest, most] = [textOf(min), textOf(max)];
    if (most === "0") return "no task";
    return fewest === most ? `${fewest} task${fewest === "1" ? "" : "s"}` : `${fewest} to ${most} tasks`;
}
