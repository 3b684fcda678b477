import { colours } from "../cli/colours";
import { Cost, CostItem, Sum, isUnpriced } from "./estimate";
import { DEFAULT_USAGE, USAGE_LABELS, Usage } from "../../settings/usage";
import { money } from "./prices/money";
import { Price, toCents } from "./prices/prices";
import { table } from "../cli/table";

const { bold, dim, red, yellow } = colours;

/** What every estimate leaves out. */
export const LEFT_OUT = [
    "taxes, support plans, discounts and free tiers, which belong to the account and not to a stack",
    "volume tiers: every unit costs what the first paid one does, so that large amounts of data and logs cost less than is said here",
    "data between zones, and what tasks send to the internet through NAT gateways",
    "requests to KMS and Secrets Manager",
    "performance logs of Container Insights: AWS's pages do not say whether the price of enhanced metrics covers them",
    "old and new tasks side by side while a deployment runs, and the task of a release before it",
    "what exists beside the stack: hosted zone, networks that it only uses, repositories of other accounts",
];

/** How the expected level is defined, for whoever reads the number. */
const EXPECTED =
    "Expected tasks: the most that any scaling target of a service asks for; by requests where it counts them, otherwise scalingPercent of the way from min to max.";

/** What the amounts of a cost are. */
export function costSummary({ region, prices }: Cost): string {
    const dates = prices.map(({ asOf }) => asOf).sort();
    const [first, last] = [dates[0], dates[dates.length - 1]];
    const when = first === undefined ? "" : first === last ? ` of ${first}` : ` of ${first} to ${last ?? first}`;
    return `${region}, USD a month of 730 hours at list prices${when}`;
}

/** Table, total, what is unknown, and assumptions. @param width of the terminal, in columns */
export function costText(cost: Cost, usage: Usage, width?: number): string {
    return ["", ...costTable(cost, width), ...unknownLines(cost.total), "", ...assumptionLines(cost, usage, width)].join("\n");
}

function costTable({ items, total }: Cost, width?: number): string[] {
    const columns = [
        { title: "component" },
        { title: "AWS service" },
        { title: "fixed", align: "right" },
        { title: "usage", align: "right" },
        { title: "expected", align: "right" },
        { title: "min…max", align: "right" },
        { title: "what" },
    ] as const;
    const amounts = (sum: Sum) => [amountText(sum.fixed, sum), amountText(sum.usage, sum), expectedText(sum), rangeText(sum)];
    const rows = items.map(item => [item.component, item.service, ...amounts(item), item.what]);
    const lines = table(columns, [...rows, ["total", "", ...amounts(total), ""]], width);
    return lines.map((line, index) => (index === 0 ? dim(line) : index === lines.length - 1 ? bold(line) : line));
}

/** An item of which nothing is known shows no numbers; a sum that lacks something says so once, at the expected level. */
function amountText(usd: number, sum: Sum): string {
    return isUnpriced(sum) ? "" : money(usd);
}

/** The expected amount, and that something is missing from it where it is. */
export function expectedText(sum: Sum): string {
    if (isUnpriced(sum)) return "unknown";
    return sum.unknown.length > 0 ? `${money(sum.monthly.expected)} + unknown` : money(sum.monthly.expected);
}

function rangeText(sum: Sum): string {
    const { min, max } = sum.monthly;
    return isUnpriced(sum) || money(min) === money(max) ? "" : `${money(min)}…${money(max)}`;
}

function unknownLines({ unknown, atMost }: Sum): string[] {
    if (unknown.length === 0) return [];
    const total =
        atMost === undefined ? [] : [`  with Spot at the on-demand price, which it is never above: ${money(atMost)} in total`];
    return ["", yellow("Unknown, and in no total"), ...unknown.map(text => `  ${text}`), ...total];
}

function assumptionLines(cost: Cost, usage: Usage, width?: number): string[] {
    const rows = cost.assumes.map(key => {
        const origin = usage[key] === DEFAULT_USAGE[key] ? "default" : "set";
        return [`  ${key}`, usage[key].toLocaleString("en-US"), origin, USAGE_LABELS[key]];
    });
    const columns = [{ title: "Assumed (fargate:usage)" }, { title: "", align: "right" as const }, { title: "" }, { title: "" }];
    const scales = cost.assumes.includes("scalingPercent") || cost.total.monthly.min < cost.total.monthly.max;
    return [...table(columns, rows, width), ...(scales ? [EXPECTED] : [])];
}

export function describeItem({ component, service, what }: CostItem): string {
    return `${component}, ${service}: ${what}`;
}

/** Where the prices come from. */
export function sourceLines(prices: readonly Price[]): string[] {
    const labels = { H: "high", M: "medium", L: "low" };
    const counts = new Map<string, number>();
    for (const { source, asOf, confidence } of prices) {
        const text = `${asOf}  ${labels[confidence]} confidence  ${source}`;
        counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return [...counts].sort().map(([text, count]) => `  ${text}: ${count === 1 ? "1 price" : `${count} prices`}`);
}

/** An amount as data: to the cent, and null where it is not known. */
export function amountJson(usd: number | undefined): number | null {
    return usd === undefined ? null : toCents(usd);
}

/** The expected amount as data; null where nothing of it is known, which is not zero. */
export function expectedJson(sum: Sum): number | null {
    return amountJson(isUnpriced(sum) ? undefined : sum.monthly.expected);
}

/** An alarm, in red on a terminal. */
export function alarm(text: string): string {
    return red(text);
}

export function heading(text: string): string {
    return bold(text);
}
