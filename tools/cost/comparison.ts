import { Cost, Sum, costOf } from "./estimate";
import { money } from "./prices/money";
import { requirePrices } from "./section";
import { amountJson, expectedJson, expectedText, heading } from "./text";
import { inventory } from "../inventory/inventory";
import type { StackFiles } from "../cli/stack-files";
import { table } from "../cli/table";

interface Row {
    readonly component: string;
    readonly service: string;
    /** Undefined where the stack has no such item. */
    readonly one: Sum | undefined;
    readonly other: Sum | undefined;
}

/** What one stack costs more or less than another, largest difference first. @param width of the terminal, in columns */
export async function comparison(one: StackFiles, other: StackFiles, width?: number): Promise<{ text: string; json: unknown }> {
    const costs = [await costOfStack(one), await costOfStack(other)] as const;
    const rows = rowsOf(...costs);
    const cells = ({ one: a, other: b }: Row) => [expected(a), expected(b), difference(a, b)];
    const total: Row = { component: "total", service: "", one: costs[0].total, other: costs[1].total };
    const right = { align: "right" } as const;
    const columns = [
        { title: "component" },
        { title: "AWS service" },
        { title: one.stack, ...right },
        { title: other.stack, ...right },
        { title: "difference", ...right },
    ];
    const lines = table(
        columns,
        [...rows, total].map(row => [row.component, row.service, ...cells(row)]),
        width,
    );
    const unknown = [...new Set(costs.flatMap(cost => cost.total.unknown))];
    const text = [
        heading(`${one.stack} (${costs[0].region}) and ${other.stack} (${costs[1].region}), USD a month at the expected level`),
        `Difference: what ${other.stack} costs more (+) or less (-) than ${one.stack}; unknown where a price of either is.`,
        "",
        ...lines,
        ...(unknown.length === 0 ? [] : ["", "Unknown, and in no total", ...unknown.map(line => `  ${line}`)]),
    ].join("\n");
    return {
        text,
        json: { stacks: [one.stack, other.stack], currency: "USD", total: rowJson(total), items: rows.map(rowJson), unknown },
    };
}

async function costOfStack(files: StackFiles): Promise<Cost> {
    const { settings, resources } = await inventory(files.stack, files);
    return costOf(resources, settings.usage, requirePrices(settings.region));
}

function rowsOf(one: Cost, other: Cost): Row[] {
    const keys = new Map(
        [...one.items, ...other.items].map(({ component, service }) => [`${component}\0${service}`, { component, service }]),
    );
    const find = ({ items }: Cost, row: { component: string; service: string }) =>
        items.find(item => item.component === row.component && item.service === row.service);
    const rows = [...keys.values()].map(row => ({ ...row, one: find(one, row), other: find(other, row) }));
    return rows.sort((a, b) => Math.abs(change(b.one, b.other)) - Math.abs(change(a.one, a.other)));
}

function change(one: Sum | undefined, other: Sum | undefined): number {
    return (other?.monthly.expected ?? 0) - (one?.monthly.expected ?? 0);
}

function expected(sum: Sum | undefined): string {
    return sum === undefined ? "" : expectedText(sum);
}

function difference(one: Sum | undefined, other: Sum | undefined): string {
    const usd = differenceUsd(one, other);
    return usd === undefined ? "unknown" : `${usd > 0 ? "+" : ""}${money(usd)}`;
}

/** Undefined where something of either is unknown. */
function differenceUsd(one: Sum | undefined, other: Sum | undefined): number | undefined {
    const hasUnknown = [one, other].some(sum => sum !== undefined && sum.unknown.length > 0);
    return hasUnknown ? undefined : change(one, other);
}

/** What a stack does not have costs it nothing; null is what nobody knows. */
function rowJson({ component, service, one, other }: Row): Record<string, unknown> {
    const sums = [one, other];
    return {
        component,
        service,
        expected: sums.map(sum => (sum === undefined ? 0 : expectedJson(sum))),
        difference: amountJson(differenceUsd(one, other)),
        unknown: sums.map(sum => sum?.unknown ?? []),
    };
}
