import { Cost, CostResource, Sum, budgetVerdict, costOf } from "../../model/cost";
import type { Preview } from "../../model/review-preview";
import { noPrices, pricesIn, toCents } from "../../model/prices";
import { expectedText, money } from "../cost-text";
import type { Inventory } from "../inventory";
import { table } from "../table";
import type { Section } from "./section";

interface Row {
    readonly component: string;
    readonly service: string;
    /** Absent where the stack has no such item. */
    readonly before?: Sum & { readonly what: string };
    readonly after?: Sum & { readonly what: string };
}

/** What the change costs or saves. Before it: what the state holds; after it: what the program declares, which a preview does not know in full. */
export function costChange(preview: Preview, { settings, resources }: Inventory): Section {
    const prices = pricesIn(settings.region);
    if (prices === undefined) {
        const text = noPrices(settings.region);
        return { title: "Cost", summary: "unknown", text, json: { unknown: [text] }, blocks: false };
    }
    const before = costOf(deployed(preview), settings.usage, prices);
    const after = costOf(resources, settings.usage, prices);
    const verdict = budgetVerdict(settings, after);
    const rows = rowsOf(before, after);
    const summary = rows.length === 0 ? `${expectedText(after.total)} USD a month, as before` : totalsText(before, after, rows);
    const over = verdict.kind === "exceeded" ? `, ${money(verdict.byUsd)} over the budget of ${money(verdict.limitUsd)}` : "";
    return {
        title: "Cost",
        summary: `${summary}${over}`,
        text: [...rowLines(rows), ...after.total.unknown.map(line => `unknown: ${line}`)].join("\n"),
        json: {
            currency: "USD",
            before: toCents(before.total.monthly.expected),
            after: toCents(after.total.monthly.expected),
            budget: verdict.kind,
        },
        blocks: verdict.kind === "exceeded",
    };
}

/** The parent of every component, and none itself. */
const STACK = "pulumi:pulumi:Stack";

function deployed({ steps }: Preview): CostResource[] {
    return steps.flatMap(({ urn, type, name, parent, isComponent, before }) =>
        before === undefined || type === STACK
            ? []
            : [{ urn, type, name, parent, isComponent, inputs: before.inputs, dependencies: before.dependencies }],
    );
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
