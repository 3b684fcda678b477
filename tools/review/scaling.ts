import { inWords } from "../../model/schedule";
import { fieldsOf, listOf, textOf } from "../inventory/inputs";
import { limitsText } from "../inventory/types/autoscaling";
import { Difference, byName, unseen } from "./difference";

/** What differs between two ways to scale, with when it takes effect where that is not now (`components/scaling.ts`). */
export function scalingDifferences(before: unknown, after: unknown): Difference[] {
    const [old, next] = [fieldsOf(before), fieldsOf(after)];
    const [wasScheduled, isScheduled] = [old, next].map(({ schedules }) => listOf(schedules).length > 0);
    const differences = byName("scaling", inNames(old), inNames(next), undefined, () => true);
    const isLimit = ({ name }: Difference) => name === "min" || name === "max";
    if (isScheduled === true && differences.some(isLimit))
        return [...differences, unseen("limits hold from the next schedule on")];
    if (wasScheduled === true && isScheduled !== true)
        return [...differences, unseen("limits stay as the last schedule left them until an update with --refresh")];
    return differences;
}

/** Every part of it by a name that a reader knows it by. */
function inNames({ steps, cooldown, schedules, ...numbers }: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const ofSchedules = listOf(schedules)
        .map(fieldsOf)
        .map(({ cron, timeZone, min, max }) => [
            inWords({ cron: textOf(cron), timeZone: textOf(timeZone) }),
            limitsText(min, max),
        ]);
    const ofSteps = listOf(steps)
        .map(fieldsOf)
        .map(({ cpuPercent, add }) => [`from ${textOf(cpuPercent)} % CPU`, `+${textOf(add)}`]);
    const ofCooldown = Object.entries(fieldsOf(cooldown)).map(([key, value]) => [`cooldown.${key}`, value]);
    return { ...numbers, ...(Object.fromEntries([...ofSteps, ...ofCooldown, ...ofSchedules]) as Record<string, unknown>) };
}
