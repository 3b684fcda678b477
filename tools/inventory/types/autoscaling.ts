import { fieldsOf, textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forNow, says } from "./row";

export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const SCALING_TARGET = "aws:appautoscaling/target:Target";

export const ROWS: Rows = {
    [SCALING_POLICY]: {
        facts: inputs => {
            const target = fieldsOf(inputs["targetTrackingScalingPolicyConfiguration"]);
            return [
                `${textOf(fieldsOf(target["predefinedMetricSpecification"])["predefinedMetricType"])} at ${textOf(target["targetValue"])}`,
            ];
        },
        loss: forNow(says("a reason to add or remove tasks")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [SCALING_TARGET]: {
        facts: inputs => [`${textOf(inputs["minCapacity"])} to ${textOf(inputs["maxCapacity"])} tasks`],
        loss: forNow(says("scaling: the number of tasks stays where it is")),
        cost: { free: "its alarms are the policies'" },
        outputs: NO_OUTPUTS,
    },
};
