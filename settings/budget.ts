import { z } from "zod";
import { partitionOf } from "../model/partitions";
import type { AlarmSettings } from "./alarm-types";
import type { Context } from "./check";
import type { Finding } from "./problems";
import type { Settings } from "./types";

/** More than anybody's, so that a slip of the keyboard is told and every amount fits its column. */
const MOST_USD = 1e9;

const usd = `USD a month, at least 0.01 and at most ${MOST_USD.toLocaleString("en-US")}`;

export const budgetSchema = z
    .strictObject({
        monthlyUsd: z
            .number({ error: usd })
            .min(0.01, { error: usd })
            .max(MOST_USD, { error: usd })
            .describe("USD a month at the expected level, above which `plan` and `cost` fail; also where nobody can tell."),
        alerts: z
            .boolean({ error: "true or false" })
            .optional()
            .describe(
                "Whether AWS watches what is spent, and tells whom alarms tell. Default: true where the stack has alarms and their topic is its own.",
            ),
    })
    .optional()
    .describe("What the stack may cost. Absent: costs are shown, and nothing fails.");

interface Parsed {
    readonly budget?: z.output<typeof budgetSchema>;
}

/** A topic of others is told only when asked for: AWS refuses a budget whose topic does not let it in, in the middle of an update. */
export function budgetWithDefaults({ budget }: Parsed, alarms: AlarmSettings | undefined): Settings["budget"] {
    if (budget === undefined) return undefined;
    const { monthlyUsd, alerts = alarms !== undefined && alarms.topicArn === undefined } = budget;
    return { monthlyUsd, ...(alerts && { alerts }) };
}

export function budgetAlerts({ settings: { alarms, budget, region } }: Context): readonly Finding[] {
    if (budget?.alerts !== true) return [];
    const at = { path: ["budget", "alerts"], found: "true" };
    if (alarms === undefined)
        return [{ ...at, allowed: "false, or fargate:alarms, which says who is told", because: [["alarms"]] }];
    if (partitionOf(region) === "aws") return [];
    const allowed = `false: AWS counts in USD only in the partition aws, and ${region} is in ${partitionOf(region)}`;
    return [{ ...at, allowed, because: [["aws:region"]] }];
}
