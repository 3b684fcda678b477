import { RULE_NAME_LIMIT, stackAlarmsPrefix, stackPrefix } from "../model/names";
import type { Context } from "./check";
import type { Finding } from "./problems";

/** Rules of EventBridge that are of the whole stack have the longest names beside roles. */
export function alarmNamesFit({ settings }: Context): readonly Finding[] {
    const { certificateDays, rollouts } = settings.alarms?.stack ?? {};
    const keys = [...(certificateDays === undefined ? [] : ["certificate"]), ...(rollouts ? ["rollouts"] : [])];
    const prefix = stackPrefix(settings);
    for (const key of keys) {
        const room = RULE_NAME_LIMIT - `${stackAlarmsPrefix(settings)}-${key}`.length;
        if (room >= 0) continue;
        const dropped = key === "certificate" ? "certificateDays" : key;
        const allowed =
            `at most ${prefix.length + room} for <project>-<stack>: the rule <project>-<stack>-stack-${key} has at most ${RULE_NAME_LIMIT}; ` +
            `or alarms: { thresholds: { ${dropped}: false } }`;
        return [{ path: ["pulumi:stack"], found: `${prefix}, of ${prefix.length} characters`, allowed }];
    }
    return [];
}
