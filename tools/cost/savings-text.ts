import { money } from "./prices/money";
import { table } from "../cli/table";
import { Estimate, Saving, savingsOf, settingText } from "./savings";
import { amountJson, heading } from "./text";
import { indented } from "../inventory/section";
import type { Refusal } from "./refusal";

const INDENT = "  ";

/** Savings that are shown, and as many whose price nobody knows. */
const SHOWN = 3;

/** The largest savings by settings that the stack may have. */
export async function largestSavings(estimate: Estimate, refusal: Refusal): Promise<Saving[]> {
    const all = savingsOf(estimate);
    const isKnown = ({ monthlyUsd }: Saving) => monthlyUsd !== undefined;
    return [
        ...(await firstAllowed(all.filter(isKnown), refusal)),
        ...(await firstAllowed(
            all.filter(saving => !isKnown(saving)),
            refusal,
        )),
    ];
}

/** Asking runs the whole program, so that nobody asks about a saving that would not be shown. */
async function firstAllowed(savings: readonly Saving[], refusal: Refusal): Promise<Saving[]> {
    const allowed: Saving[] = [];
    for (const saving of savings) {
        if (allowed.length === SHOWN) break;
        if ((await refusal(saving.change)) === undefined) allowed.push(saving);
    }
    return allowed;
}

/** @param width of the terminal, in columns */
export function savingsLines(savings: readonly Saving[], width?: number): string[] {
    const rows = savings.map(({ change, loses, monthlyUsd, unknown }) => [
        monthlyUsd === undefined ? "unknown" : money(monthlyUsd),
        settingText(change),
        `gives up: ${loses}${unknown.length === 0 ? "" : ` (${unknown.join("; ")})`}`,
    ]);
    const columns = [{ title: "", align: "right" as const }, { title: "" }, { title: "" }];
    return [
        heading("Largest savings by a setting, USD a month, each by itself"),
        ...(rows.length === 0
            ? ["  none"]
            : table(columns, rows, width && width - INDENT.length)
                  .slice(1)
                  .map(row => indented(row, INDENT))),
    ];
}

/** The same as data, to the cent. */
export function savingsJson(savings: readonly Saving[]): Record<string, unknown>[] {
    return savings.map(({ change, loses, monthlyUsd, unknown }) => ({
        setting: settingText(change),
        loses,
        monthlyUsd: amountJson(monthlyUsd),
        unknown,
    }));
}
