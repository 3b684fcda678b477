import type { Resource } from "../../inventory/resource";
import { Priced, always } from "../quantities";
import { CLOUDWATCH } from "./cloudwatch";

/** Alarms that Application Auto Scaling makes for a target tracking policy, one to scale out and one to scale in. */
const ALARMS_OF_TARGET_TRACKING = 2;

export function priceScalingPolicy({ inputs }: Resource): Priced[] {
    if (inputs["policyType"] !== "TargetTrackingScaling") return [];
    const quantity = always(ALARMS_OF_TARGET_TRACKING);
    return [
        {
            service: CLOUDWATCH,
            what: `scaling target with ${ALARMS_OF_TARGET_TRACKING} alarms`,
            quantities: [{ key: "alarmMonth", part: "fixed", quantity, assumes: [] }],
        },
    ];
}
