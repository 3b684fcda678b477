import type { AlarmSettings, Settings } from "../../settings";
import { Loosened, changed, isOfAws, isRouted, list } from "./loosened-words";

/** What of a stack is watched less, or told to fewer. */
export function ofAlarms(before: Settings, after: Settings): Loosened[] {
    if (before.alarms === undefined) return [];
    if (after.alarms === undefined) return ["alarms are off"];
    const services = after.services.map(({ name }) => name).filter(name => before.alarms?.services[name] !== undefined);
    return [
        ...ofListeners(before.alarms, after.alarms),
        before.rollbackOnAlarms === true && after.rollbackOnAlarms !== true && "alarms take no rollout back",
        // With the last route the load balancer goes, and what is told of it.
        ...(isRouted(after) ? ofThresholds("", before.alarms.stack, after.alarms.stack) : []),
        ...services.flatMap(name =>
            ofThresholds(`service ${name}: `, before.alarms?.services[name] ?? {}, after.alarms?.services[name] ?? {}),
        ),
    ];
}

function ofListeners(before: AlarmSettings, after: AlarmSettings): Loosened[] {
    const left = before.email.filter(address => !after.email.includes(address));
    return [
        after.topicArn !== before.topicArn && "alarms go to another topic",
        left.length > 0 && `alarms are not told any more: ${list(left, isOfAws)}`,
    ];
}

function ofThresholds(where: string, before: object, after: object): Loosened[] {
    const now = after as Readonly<Record<string, unknown>>;
    return Object.entries(before).map(([key, old]: [string, unknown]) => {
        const value = now[key];
        if (value === undefined) return `${where}no alarm for ${key}`;
        // The fewer days are left, the later it is told.
        const isLess = key === "certificateDays" ? Number(value) < Number(old) : Number(value) > Number(old);
        return isLess && where + changed(`alarm for ${key}`, old, value);
    });
}
