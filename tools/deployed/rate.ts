import { costOf } from "../cost/estimate";
import { inventory } from "../inventory/inventory";
import { money } from "../cost/prices/money";
import { HOURS_PER_MONTH, Prices, pricesIn } from "../cost/prices/prices";
import { taskQuantities } from "../cost/pricers/ecs";
import { Sum, always, isUnpriced, priceLine, sumLines } from "../cost/quantities";
import type { Settings } from "../../settings";
import { serviceName } from "../../model/names";
import { tasksOf } from "../../settings/tasks";
import type { StackFiles } from "../cli/stack-files";
import type { RunningTask } from "./aws/stack-now";

/** As on the bill: what tasks cost, whose number is the one that runs. */
const FARGATE = "AWS Fargate";

/** What tasks cost at the present rate, in USD an hour. */
export interface Rate extends Pick<Sum, "unknown"> {
    readonly tasks: number;
    /** Undefined where nothing of it has a price. */
    readonly hourUsd?: number;
    /** With what has no price at the most that it may cost; undefined where that is not known either. */
    readonly atMostHourUsd?: number;
}

/** Storage that comes with a task, in GB (AWS Fargate pricing). */
const INCLUDED_STORAGE_GB = 20;

/** The present rate of tasks by list price, each with the size that ECS tells, or that its definition has. */
export function rateOf(tasks: readonly RunningTask[], settings: Settings, prices: Prices): Rate {
    const declared = new Map(tasksOf(settings).map(({ task }) => [serviceName(settings, task.name), task]));
    const lines = tasks.flatMap(({ family, vcpu, memoryGb, storageGb, isOnSpot }) => {
        const task = declared.get(family);
        const size = {
            vcpu: vcpu ?? (task?.cpu ?? 0) / 1024,
            memoryGb: memoryGb ?? (task?.memoryMiB ?? 0) / 1024,
            architecture: task?.architecture === "arm64" ? ("ARM64" as const) : ("X86_64" as const),
            extraStorageGb: Math.max(0, (storageGb ?? task?.ephemeralGiB ?? 0) - INCLUDED_STORAGE_GB),
        };
        const quantities = taskQuantities(size, always(1), isOnSpot ? 1 : 0, "fixed", []);
        return quantities.map(quantity => priceLine(family, quantity, prices));
    });
    const sum = sumLines(lines, prices.region);
    return {
        tasks: tasks.length,
        hourUsd: isUnpriced(sum) ? undefined : sum.monthly.expected,
        atMostHourUsd: sum.atMost,
        unknown: sum.unknown,
    };
}

/**
 * One sentence.
 *
 * @param restMonthUsd what the stack's other resources cost without traffic, USD a month; undefined where that is not known
 */
export function rateText({ tasks, hourUsd, atMostHourUsd, unknown }: Rate, restMonthUsd: number | undefined): string {
    const what = `${tasks} task${tasks === 1 ? "" : "s"} on Fargate`;
    const most = atMostHourUsd === undefined ? "an unknown amount" : `at most ${amounts(atMostHourUsd)}`;
    const amount = unknown.length === 0 ? `about ${amounts(hourUsd ?? 0)}` : `${most} (${unknown.join(", ")})`;
    const rest = restMonthUsd === undefined ? "" : `; the rest of the stack, without traffic, ${money(restMonthUsd)} a month`;
    return `${what}: ${amount}${rest}. An estimate by list prices`;
}

function amounts(hourUsd: number): string {
    return `${hourUsd.toFixed(3)} USD an hour, ${money(hourUsd * HOURS_PER_MONTH)} a month`;
}

/** What a stack's file declares beside its tasks, without traffic, in USD a month; undefined where a price of it is not known. */
export async function restOf(stack: string, files: StackFiles): Promise<number | undefined> {
    const { settings, resources } = await inventory(stack, files);
    const prices = pricesIn(settings.region);
    if (prices === undefined) return undefined;
    const { items, unpriced } = costOf(resources, settings.usage, prices);
    const rest = items.filter(({ service }) => service !== FARGATE);
    if (unpriced.length > 0 || rest.some(({ unknown }) => unknown.length > 0)) return undefined;
    return rest.reduce((sum, { fixed }) => sum + fixed, 0);
}
