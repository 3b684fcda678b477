import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { RULE_NAMES, RuleName } from "./rule-names";

const DATE = "a day as YYYY-MM-DD, such as 2027-03-31";
const DATE_LENGTH = 10;

/** How far ahead of today the last day of an exception may lie. What knows the day checks it: settings know none. */
export const LONGEST_EXCEPTION_DAYS = 400;

const RULES: readonly string[] = RULE_NAMES;

const exception = z.strictObject({
    rule: z
        .string({ error: "the name of a policy rule; docs/controls.md has them all" })
        .refine((name): name is RuleName => RULES.includes(name), {
            error: ({ input }) => `did you mean ${closest(String(input), RULES)}? docs/controls.md has all rules`,
        })
        .meta({ enum: RULES })
        .describe("The rule that is not met."),
    resource: z
        .string()
        .min(1, { error: "a logical name" })
        .optional()
        .describe(
            "Logical name of the resource, as the finding has it. Default: every one; a critical rule has to have it named.",
        ),
    reason: z.string().trim().min(1, { error: "why, as a sentence" }).describe("Why; it is shown in plans."),
    until: z
        .string({ error: DATE })
        .refine(isDate, { error: DATE })
        .transform(date => date.slice(0, DATE_LENGTH))
        .describe(`Last day, as YYYY-MM-DD, at most ${LONGEST_EXCEPTION_DAYS} days ahead. Afterwards the exception fails.`),
});

export const exceptionsSchema = z
    .array(exception)
    .default([])
    .describe("Findings of policy rules that somebody takes responsibility for, until a day.");

/** YAML takes a date without quotes for a time, which the CLI hands over as `2027-03-31 00:00:00 +0000 UTC`. */
const DAY = /^(\d{4}-\d{2}-\d{2})( 00:00:00 \+0000 UTC)?$/;

function isDate(text: string): boolean {
    const [, date = ""] = DAY.exec(text) ?? [];
    const day = new Date(date);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
