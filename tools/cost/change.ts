import type { Resource } from "../inventory/resource";
import { Cost, Sum, costOf } from "./estimate";
import { budgetVerdict, failsBudget } from "./budget";
import { noPrices, pricesIn, toCents } from "./prices/prices";
import { money } from "./prices/money";
import { budgetHeadline, budgetJson, budgetLines } from "./budget-text";
import { expectedJson, expectedText } from "./text";
import type { Declared } from "../inventory/inventory";
import { table } from "../cli/table";
import type { Section } from "../inventory/section";

interface Row {
    readonly component: string;
    readonly service: string;
    /** Absent where the stack has no such item. */
    readonly before?: Sum & { readonly what: string };
    readonly after?: Sum & { readonly what: string };
}

/** What the change costs or saves. Before it: what is deployed, as the state holds it; after it: what the program declares, which a preview does not know in full. */
export function costChange(deployed: readonly Resource[], { settings, resources }: Declared): Section {
    const { region, usage } = settings;
    const prices = pricesIn(region);
    const [before, after] = [deployed, resources].map(of => prices && costOf(of, usage, prices));
    const change = before === undefined || after === undefined ? unpriced(region) : changeOf(before, after);
    const verdict = budgetVerdict(settings, after);
    const fails = failsBudget(verdict);
    return {
        title: "Cost",
        summary: [change.summary, ...(fails ? [budgetHeadline(verdict)] : [])].join(", "),
        text: [change.text, ...(fails ? budgetLines(verdict, region) : [])].join("\n"),
        json: { ...change.json, budget: budgetJson(verdict, region) },
        blocks: fails,
    };
}

interface Told {
    readonly summary: string;
    readonly text: string;
    readonly json: Readonly<Record<string, unknown>>;
}

function unpriced(region: string): Told {
    const text = noPrices(region);
    return { summary: "unknown", text, json: { unknown: [text] } };
}

function changeOf(before: Cost, after: Cost): Told {
    const rows = rowsOf(before, after);
    const { unknown } = after.total;
    return {
        summary: rows.length === 0 ? `${expectedText(after.total)} USD a month, as before` : totalsText(before, after, rows),
        text: [...rowLines(rows), ...unknown.map(line => `unknown: ${line}`)].join("\n"),
        json: { currency: "USD", before: expectedJson(before.total), after: expectedJson(after.total), unknown },
    };
}

function totalsText(before: Cost, after: Cost, rows: readonly Row[]): string {
    const difference = after.total.monthly.expected - before.total.monthly.expected;
    const change = changeText(difference, rows.some(hasUnknown));
    return `${expectedText(before.total)} → ${expectedText(after.total)} USD a month (${change})`;
}

/** Items whose amount changes, or may, since a price is unknown and they are described otherwise; largest change first. */
function rowsOf(before: Cost, after: Cost): Row[] {
    const all = new Map(
        [...before.items, ...after.items].map(({ component, service }) => [`${component}\0${service}`, { component, service }]),
    );
    const find = ({ items }: Cost, { component, service }: Row) =>
        items.find(item => item.component === component && item.service === service);
    return [...all.values()]
        .map(row => ({ ...row, before: find(before, row), after: find(after, row) }))
        .filter(row => toCents(differenceOf(row)) !== 0 || mayDiffer(row))
        .sort((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)));
}

function mayDiffer(row: Row): boolean {
    return hasUnknown(row) && row.before?.what !== row.after?.what;
}

function hasUnknown({ before, after }: Row): boolean {
    return (before?.unknown.length ?? 0) + (after?.unknown.length ?? 0) > 0;
}

function rowLines(rows: readonly Row[]): string[] {
    if (rows.length === 0) return ["Every item stays as it is."];
    const right = { align: "right" } as const;
    const columns = [
        { title: "component" },
        { title: "AWS service" },
        { title: "before", ...right },
        { title: "after", ...right },
        { title: "change", ...right },
        { title: "why" },
    ];
    const amount = (sum: Sum | undefined) => (sum === undefined ? "" : expectedText(sum));
    return table(
        columns,
        rows.map(row => [
            row.component,
            row.service,
            amount(row.before),
            amount(row.after),
            changeText(differenceOf(row), hasUnknown(row)),
            why(row),
        ]),
    );
}

function why({ before, after }: Row): string {
    if (before === undefined) return `new: ${after?.what ?? ""}`;
    if (after === undefined) return `gone: ${before.what}`;
    return before.what === after.what ? after.what : `${before.what} → ${after.what}`;
}

function differenceOf({ before, after }: Row): number {
    return (after?.monthly.expected ?? 0) - (before?.monthly.expected ?? 0);
}

/** `+47.31 + unknown` */
function changeText(usd: number, hasUnknown: boolean): string {
    const known = hasUnknown && toCents(usd) === 0 ? [] : [`${usd > 0 ? "+" : ""}${money(usd)}`];
    return [...known, ...(hasUnknown ? ["unknown"] : [])].join(" + ");
}
