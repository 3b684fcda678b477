import { shortestGapMinutes } from "../model/schedule";
import { meet } from "../model/timetable";
import type { At, Context } from "./check";
import type { Finding } from "./problems";
import type { ParsedScaling, ScalingSettings } from "./scaling";
import type { ServiceSettings } from "./types";

interface Parsed {
    readonly services: Readonly<
        Record<
            string,
            {
                readonly tasks?: unknown;
                readonly scaling?: ParsedScaling;
                readonly spot?: unknown;
                readonly spotPercent?: unknown;
            }
        >
    >;
}

interface Limits {
    readonly min: number;
    readonly max: number;
}

/** What must hold between the keys of one service's scaling. `at` makes a path below it. */
type ScalingCheck = (scaling: ScalingSettings, service: ServiceSettings, at: At) => readonly Finding[];

const SCALING_CHECKS: readonly ScalingCheck[] = [limits, needsRoute, risingSteps, rareSchedules, apart, wakes];

export function taskNumbers(service: ServiceSettings, { parsed }: Context<Parsed>, at: At): readonly Finding[] {
    const given = parsed.services[service.name];
    const both: Finding[] =
        given?.tasks !== undefined && given.scaling !== undefined
            ? [{ path: at("tasks"), found: "tasks and scaling", allowed: "one of the two" }]
            : [];
    const tasks = typeof service.tasks === "number" ? asWritten(given?.scaling) : service.tasks;
    if (tasks === undefined) return both;
    const below: At = (...keys) => at("scaling", ...keys);
    return [
        ...both,
        ...SCALING_CHECKS.flatMap(check => check(tasks, service, below)),
        ...scheduledLimits(tasks, given?.scaling?.schedules ?? [], below),
    ];
}

/** Where `tasks` stands beside it, its limits would count for nothing; one that is not written is not at fault. */
function asWritten(scaling: ParsedScaling | undefined): ScalingSettings | undefined {
    return scaling && { ...scaling, min: scaling.min ?? 1, max: scaling.max ?? Infinity, schedules: undefined };
}

function limits({ min, max }: ScalingSettings, _: ServiceSettings, at: At): readonly Finding[] {
    if (min <= max) return [];
    return [{ path: at("min"), found: String(min), allowed: `at most max, which is ${max}`, because: [at("max")] }];
}

function needsRoute(scaling: ScalingSettings, { route, name }: ServiceSettings, at: At): readonly Finding[] {
    if (route !== undefined) return [];
    const counted = { requestsPerTarget: "counts requests", responseSeconds: "measures response times" };
    return (["requestsPerTarget", "responseSeconds"] as const)
        .filter(key => scaling[key] !== undefined)
        .map(key => ({
            path: at(key),
            found: String(scaling[key]),
            allowed: `only with a route, since the load balancer ${counted[key]}`,
            because: [["services", name, "route"]],
        }));
}

function risingSteps({ steps = [], cpuPercent = 0 }: ScalingSettings, _: ServiceSettings, at: At): readonly Finding[] {
    return steps.flatMap(({ cpuPercent: from, add }, index) => {
        const before = steps[index - 1];
        const place = (key: string) => at("steps", String(index), key);
        const least = before?.cpuPercent ?? cpuPercent;
        const what = before === undefined ? `the CPU to keep, which is ${least}` : `the step before, which is ${least}`;
        return [
            ...(from > least
                ? []
                : [
                      {
                          path: place("cpuPercent"),
                          found: String(from),
                          allowed: `more than ${what}`,
                          because: [at("cpuPercent")],
                      },
                  ]),
            ...(before === undefined || add > before.add
                ? []
                : [
                      {
                          path: place("add"),
                          found: String(add),
                          allowed: `more than the step before adds, which is ${before.add}`,
                      },
                  ]),
        ];
    });
}

/** Each says what holds until the next: one that runs more often says it again. */
const LEAST_GAP_MINUTES = 60;

function rareSchedules({ schedules = [] }: ScalingSettings, _: ServiceSettings, at: At): readonly Finding[] {
    return schedules.flatMap(({ cron }, index) => {
        if (shortestGapMinutes(cron) >= LEAST_GAP_MINUTES) return [];
        const allowed = `a time that comes once an hour at most, such as "0 8 * * 1-5": its limits hold until another schedule's`;
        return [{ path: at("schedules", String(index), "cron"), found: cron, allowed }];
    });
}

/** @param given as written: what is absent cannot be blamed */
function scheduledLimits({ schedules = [] }: ScalingSettings, given: readonly Partial<Limits>[], at: At): readonly Finding[] {
    return schedules.flatMap(({ min, max }, index): readonly Finding[] => {
        const written = given[index] ?? {};
        const place = (...keys: string[]) => at("schedules", String(index), ...keys);
        if (written.min === undefined && written.max === undefined)
            return [{ path: place("min"), found: "nothing", allowed: "min, max or both: what changes at that time" }];
        const [key, other] = written.min === undefined ? (["max", "min"] as const) : (["min", "max"] as const);
        const from = written[other] === undefined ? [at(other)] : [place(other)];
        const value = { min, max };
        if (min > max) {
            const bound = `at ${key === "min" ? "most max" : "least min"}, which is ${value[other]}`;
            const hint = max === 0 && key === "max" ? ", or min: 0 beside it, for no task at all" : "";
            return [{ path: place(key), found: String(value[key]), allowed: `${bound}${hint}`, because: from }];
        }
        if (min > 0 || max === 0) return [];
        // No task, no CPU, no requests: nothing that target tracking could follow (user guide, insufficient data).
        const allowed =
            "1 at least, or max: 0 beside it: without a task there is no load to follow, and none would ever be started";
        return [{ path: place("min"), found: "0", allowed, because: from }];
    });
}

/** Of two that are due at once AWS does not say which comes last. */
function apart({ schedules = [] }: ScalingSettings, _: ServiceSettings, at: At): readonly Finding[] {
    const rare = schedules.map(schedule => shortestGapMinutes(schedule.cron) >= LEAST_GAP_MINUTES);
    return schedules.flatMap((schedule, index) => {
        const earlier = schedules
            .slice(0, index)
            .findIndex((other, place) => rare[place] && rare[index] && meet(other, schedule));
        if (earlier < 0) return [];
        const allowed = `a time at which no other schedule is due: that of schedules[${earlier}], ${schedules[earlier]?.cron ?? ""}, is at times the same`;
        return [
            {
                path: at("schedules", String(index), "cron"),
                found: schedule.cron,
                allowed,
                because: [at("schedules", String(earlier), "cron")],
            },
        ];
    });
}

function wakes({ schedules = [] }: ScalingSettings, _: ServiceSettings, at: At): readonly Finding[] {
    const asleep = schedules.findIndex(({ max }) => max === 0);
    if (asleep < 0 || schedules.some(({ min }) => min > 0)) return [];
    const allowed =
        'only beside a schedule that wakes the service, such as { cron: "0 8 * * 1-5", min: 1 }: load starts no first task';
    return [{ path: at("schedules", String(asleep), "max"), found: "0", allowed, because: [at("schedules")] }];
}

/** Some tasks on Spot, whatever the base is. */
export function spotShare(
    { name, tasks, spotBase = 0 }: ServiceSettings,
    { parsed }: Context<Parsed>,
    at: At,
): readonly Finding[] {
    const { spot, spotPercent } = parsed.services[name] ?? {};
    const findings: Finding[] = [];
    if (spot !== undefined && spotPercent !== undefined)
        findings.push({ path: at("spotPercent"), found: "spot and spotPercent", allowed: "one of the two" });
    const most = typeof tasks === "number" ? tasks : Math.max(tasks.max, ...(tasks.schedules ?? []).map(({ max }) => max));
    if (spotBase > 0 && spotBase >= most) {
        const allowed = `fewer than the service has at most, which is ${most}: none would be on Spot; or no spot`;
        const because = [at(typeof tasks === "number" ? "tasks" : "scaling")];
        findings.push({ path: at("spot", "base"), found: String(spotBase), allowed, because });
    }
    return findings;
}
