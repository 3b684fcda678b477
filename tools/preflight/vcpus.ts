import { capacityProviders, tasksOnSpot } from "../../model/capacity";
import type { Settings } from "../../settings";

/** How much of something a stack needs. */
export interface Need {
    /** Without it an update does not end. */
    readonly least: number;
    /** With every task that scaling may add, and a rollout that keeps old ones until new ones are healthy. */
    readonly most: number;
}

/** A rollout may have twice the tasks: ECS's default of `maximumPercent`. */
const IN_A_ROLLOUT = 2;

const CPU_UNITS = 1024;

/** vCPUs of all tasks by where they run; a job runs on demand or on Spot as a whole, and no update starts it. */
export function vcpusOf({ services, jobs }: Pick<Settings, "services" | "jobs">): {
    readonly onDemand: Need;
    readonly spot: Need;
} {
    const parts = [
        ...services.map(({ tasks, cpu, spotPercent, spotBase }) => {
            const { min, max } = limitsOf(tasks);
            const spot = (count: number) => tasksOnSpot(count, capacityProviders(spotPercent, spotBase));
            const need = (share: (count: number) => number) => ({
                least: (share(min) * cpu) / CPU_UNITS,
                most: (share(max) * IN_A_ROLLOUT * cpu) / CPU_UNITS,
            });
            return { onDemand: need(count => count - spot(count)), spot: need(spot) };
        }),
        ...jobs.map(({ cpu, parallel, spot }) => {
            const need = (isHere: boolean) => ({ least: 0, most: isHere ? (parallel * cpu) / CPU_UNITS : 0 });
            return { onDemand: need(!spot), spot: need(spot) };
        }),
    ];
    return { onDemand: sum(parts.map(({ onDemand }) => onDemand)), spot: sum(parts.map(({ spot }) => spot)) };
}

/** The tasks themselves, wherever they run. */
export function tasksNeeded({ services, jobs }: Pick<Settings, "services" | "jobs">): Need {
    return sum([
        ...services.map(({ tasks }) => ({ least: limitsOf(tasks).min, most: limitsOf(tasks).max * IN_A_ROLLOUT })),
        ...jobs.map(({ parallel }) => ({ least: 0, most: parallel })),
    ]);
}

function limitsOf(tasks: Settings["services"][number]["tasks"]): { readonly min: number; readonly max: number } {
    if (typeof tasks === "number") return { min: tasks, max: tasks };
    return { min: tasks.min, max: Math.max(tasks.max, ...(tasks.schedules ?? []).map(({ max }) => max)) };
}

function sum(needs: readonly Need[]): Need {
    return {
        least: needs.reduce((total, { least }) => total + least, 0),
        most: needs.reduce((total, { most }) => total + most, 0),
    };
}
